package dev.dvtls.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** For models on their fixtures: no database is asked, whatever asks. */
record NoTransfers() implements Transfers {
    private static TransferException refused(Connection connection) {
        return new TransferException(
                "'" + connection.name() + "' is not asked while models run on fixtures.");
    }

    @Override
    public void check(Connection connection) throws TransferException {
        throw refused(connection);
    }

    @Override
    public Optional<Existing> find(Connection connection, Relation relation)
            throws TransferException {
        throw refused(connection);
    }

    @Override
    public Extracted extract(Connection connection, Source source, Path parquet)
            throws TransferException {
        throw refused(connection);
    }

    @Override
    public void load(Connection connection, Relation relation, Load load) throws TransferException {
        throw refused(connection);
    }

    @Override
    public OptionalLong build(Connection connection, Relation relation, Build build)
            throws TransferException {
        throw refused(connection);
    }

    @Override
    public Extracted readCsv(Path csv, SeedOptions options, Path parquet, Consumer<String> warn)
            throws TransferException {
        throw new TransferException("No seed is read while models run on fixtures.");
    }

    @Override
    public Duration ping(Connection connection) throws TransferException {
        throw refused(connection);
    }
}
