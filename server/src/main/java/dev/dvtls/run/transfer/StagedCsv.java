package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Rows on their way into a staging table: the DuckDB program writes a CSV, Sling takes it. */
final class StagedCsv {
    private StagedCsv() {}

    /**
     * @param relation that the rows are for, for messages
     * @param write the query of DuckDB that writes the file
     * @param replication of the file, with the statement that applies the rows
     */
    static void load(
            Relation relation,
            Sling.Target target,
            Programs programs,
            Function<Path, String> write,
            Function<Path, JsonObject> replication)
            throws TransferException, InterruptedException {
        try {
            Path csv = Files.createTempFile(programs.work(), "rows", ".csv");
            try {
                programs.duckdb().query(write.apply(csv), programs.limits().data());
                programs.sling()
                        .run(
                                target,
                                replication.apply(csv),
                                programs.limits().data(),
                                Map.of("SLING_DIRECT_INSERT", "true"));
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException e) {
            throw new TransferException(
                    "The rows for "
                            + relation.display()
                            + " could not be staged: "
                            + e.getMessage());
        }
    }
}
