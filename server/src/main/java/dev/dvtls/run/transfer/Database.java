package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What one kind of database needs to give and take a table; one connection. */
interface Database {
    Optional<List<Column>> columns(Relation relation)
            throws TransferException, InterruptedException;

    Extracted extract(Relation relation, Path parquet)
            throws TransferException, InterruptedException;

    void load(Relation relation, Load load) throws TransferException, InterruptedException;

    /** Answers, or throws. */
    void ping() throws TransferException, InterruptedException;
}
