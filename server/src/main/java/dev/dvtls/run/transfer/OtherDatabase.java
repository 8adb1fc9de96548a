package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Field;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The types for which nothing was measured here: Sling's own ways, with its own staging and its own
 * choice of types. Rows are added without a load id, so that a run killed between load and commit
 * may add them twice: such a load is refused.
 */
final class OtherDatabase implements Database {
    private final Sling.Target target;
    private final Programs programs;

    OtherDatabase(Sling.Target target, Programs programs) {
        this.target = target;
        this.programs = programs;
    }

    @Override
    public Optional<Existing> find(Relation relation)
            throws TransferException, InterruptedException {
        try {
            Path parquet = programs.work().resolve("columns-" + System.nanoTime() + ".parquet");
            try {
                JsonObject nothing = new JsonObject();
                nothing.addProperty("where", "1 = 0");
                stream(relation.display(), nothing, parquet);
                return Optional.of(
                        new Existing(
                                false,
                                programs
                                        .duckdb()
                                        .describe(parquet, programs.limits().query())
                                        .columns()
                                        .stream()
                                        .map(
                                                c ->
                                                        new Field(
                                                                c.name(),
                                                                c.type(),
                                                                Optional.of(c.type())))
                                        .toList(),
                                Optional.empty()));
            } finally {
                Files.deleteIfExists(parquet);
            }
        } catch (IOException e) {
            throw new TransferException(e.toString());
        } catch (TransferException e) {
            if (isMissing(e.getMessage())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isMissing(String message) {
        return message.matches(
                "(?is).*(does not exist|doesn't exist|no such table|not found|unknown table"
                        + "|invalid object name).*");
    }

    @Override
    public Extracted extract(Source source, Path parquet)
            throws TransferException, InterruptedException {
        if (source instanceof Source.Query query) {
            JsonObject stream = new JsonObject();
            stream.addProperty("sql", query.sql());
            return SqlTrouble.of(query.sql(), () -> extracted(query.name(), stream, parquet));
        }
        return extracted(((Source.Table) source).relation().display(), new JsonObject(), parquet);
    }

    private Extracted extracted(String name, JsonObject stream, Path parquet)
            throws TransferException, InterruptedException {
        stream(name, stream, parquet);
        DuckDb.Described described = programs.duckdb().describe(parquet, programs.limits().query());
        try {
            return new Extracted(
                    parquet, described.rows(), described.columns(), Files.size(parquet));
        } catch (IOException e) {
            throw new TransferException(parquet + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * @param stream what Sling has to know besides the name
     */
    private void stream(String name, JsonObject stream, Path parquet)
            throws TransferException, InterruptedException {
        JsonObject options = new JsonObject();
        options.addProperty("format", "parquet");
        options.addProperty("column_casing", "source");
        stream.addProperty("object", "file://" + parquet);
        stream.addProperty("mode", "full-refresh");
        stream.add("target_options", options);
        programs.sling()
                .run(
                        target,
                        Replications.replication(Sling.connectionName(), "LOCAL", name, stream),
                        programs.limits().data(),
                        Map.of());
    }

    @Override
    public void load(Relation relation, Load load) throws TransferException, InterruptedException {
        Names.check(relation, load.columns(), Integer.MAX_VALUE, target.connection().type());
        if (load.mode() == Mode.APPEND) {
            throw new TransferException(
                    "An incremental model without `unique_key` cannot be loaded once and only once"
                            + " into "
                            + target.connection().type()
                            + "; set `unique_key` for "
                            + relation.display()
                            + ".");
        }
        FrameCheck.check(relation, load, FrameCheck.keys(load), programs);
        JsonObject options = new JsonObject();
        options.addProperty("column_casing", "source");
        options.addProperty("add_new_columns", true);
        JsonObject source = new JsonObject();
        source.addProperty("format", "parquet");
        JsonObject stream = new JsonObject();
        stream.addProperty("object", relation.display());
        stream.add("source_options", source);
        stream.add("target_options", options);
        stream.addProperty("mode", load.mode() == Mode.UPSERT ? "incremental" : "full-refresh");
        if (load.mode() == Mode.UPSERT) {
            com.google.gson.JsonArray keys = new com.google.gson.JsonArray();
            load.keys().forEach(keys::add);
            stream.add("primary_key", keys);
        }
        programs.sling()
                .run(
                        target,
                        Replications.replication(
                                "LOCAL",
                                Sling.connectionName(),
                                "file://" + load.parquet(),
                                stream),
                        programs.limits().data(),
                        Map.of());
    }

    @Override
    public void ping() throws TransferException, InterruptedException {
        programs.sling().test(target, programs.limits().query());
    }

    @Override
    public OptionalLong build(Relation relation, Build build)
            throws TransferException, InterruptedException {
        String sql = OtherBuild.sql(target.connection().type(), relation, build);
        return SqlTrouble.of(
                build.sql(),
                () -> {
                    programs.sling().exec(target, sql, programs.limits().data());
                    return OptionalLong.empty();
                });
    }
}
