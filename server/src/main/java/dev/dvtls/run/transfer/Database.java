package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What one kind of database needs to give and take a table; one connection. */
interface Database {
    Optional<Existing> find(Relation relation) throws TransferException, InterruptedException;

    Extracted extract(Source source, Path parquet) throws TransferException, InterruptedException;

    void load(Relation relation, Load load) throws TransferException, InterruptedException;

    OptionalLong build(Relation relation, Build build)
            throws TransferException, InterruptedException;

    /** Answers, or throws. */
    void ping() throws TransferException, InterruptedException;
}
