package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a profile calls mysql may be a MariaDB; the server says which, once a run.
 *
 * @param known by the connection's name, whether it is MariaDB
 */
record MySqlOrMariaDb(Sling.Target target, Programs programs, Map<String, Boolean> known)
        implements Database {
    private Database chosen() throws TransferException, InterruptedException {
        Boolean mariaDb = known.get(target.name());
        if (mariaDb == null) {
            mariaDb = MySqlTable.isMariaDb(target, programs);
            known.put(target.name(), mariaDb);
        }
        return mariaDb ? new MySqlDatabase(target, programs) : new OtherDatabase(target, programs);
    }

    @Override
    public Optional<Existing> find(Relation relation)
            throws TransferException, InterruptedException {
        return chosen().find(relation);
    }

    @Override
    public Extracted extract(Source source, Path parquet)
            throws TransferException, InterruptedException {
        return chosen().extract(source, parquet);
    }

    @Override
    public void load(Relation relation, Load load) throws TransferException, InterruptedException {
        chosen().load(relation, load);
    }

    @Override
    public OptionalLong build(Relation relation, Build build)
            throws TransferException, InterruptedException {
        return chosen().build(relation, build);
    }

    @Override
    public void ping() throws TransferException, InterruptedException {
        chosen().ping();
    }
}
