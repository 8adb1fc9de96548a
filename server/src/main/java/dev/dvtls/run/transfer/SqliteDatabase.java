package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A SQLite file. Rows travel as marked text between Parquet and Python's sqlite3. */
final class SqliteDatabase implements Database {
    /** SQLite has no limit; a longer one is a mistake. */
    private static final int LONGEST_NAME = 1000;

    private static final int MOST_COLUMNS = 2000;
    private static final String SCHEMA = "main";

    private final String name;
    private final Programs programs;
    private final FileGate gate;

    SqliteDatabase(String name, Programs programs, Optional<Path> file, Cancellation cancellation) {
        this.name = name;
        this.programs = programs;
        this.gate =
                new FileGate(
                        file,
                        programs.limits().lock(),
                        Transcript.none(), // the program that waits says so
                        cancellation);
    }

    @Override
    public Optional<Existing> find(Relation relation)
            throws TransferException, InterruptedException {
        check(relation);
        if (!gate.exists()) {
            return Optional.empty();
        }
        SqliteTable table = describe(relation);
        return table.kind()
                .map(
                        kind ->
                                new Existing(
                                        table.isView(),
                                        table.columns().stream()
                                                .map(c -> SqliteTypes.field(c.name(), c.type()))
                                                .toList(),
                                        table.loadId()));
    }

    private SqliteTable describe(Relation relation) throws TransferException, InterruptedException {
        JsonObject request = request("describe", relation);
        return SqliteTable.of(
                gate.reading(
                        () -> programs.sqlite().ask(file(), request, programs.limits().query())));
    }

    @Override
    public Extracted extract(Source source, Path parquet)
            throws TransferException, InterruptedException {
        JsonObject request = new JsonObject();
        request.addProperty("do", "extract");
        String asked = addTo(request, source);
        if (!gate.exists()) {
            throw new TransferException(
                    asked
                            + " does not exist on '"
                            + name
                            + "': there is no file "
                            + gate.file()
                            + ".");
        }
        try {
            Path csv = Files.createTempFile(programs.work(), "rows", ".csv");
            try {
                request.addProperty("csv", csv.toString());
                JsonObject answer =
                        SqlTrouble.of(
                                source instanceof Source.Query query ? query.sql() : "",
                                () ->
                                        gate.reading(
                                                () ->
                                                        programs.sqlite()
                                                                .ask(
                                                                        file(),
                                                                        request,
                                                                        programs.limits().data())));
                if (answer.has("missing")) {
                    throw new TransferException(asked + " does not exist on '" + name + "'.");
                }
                return SqliteExtract.shape(
                        asked + " on '" + name + "'", answer, csv, parquet, programs);
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException e) {
            throw new TransferException(
                    "The rows of " + asked + " could not be stored: " + e.getMessage());
        }
    }

    /** What is to be read; its name for messages. */
    private String addTo(JsonObject request, Source source) throws TransferException {
        if (source instanceof Source.Query query) {
            file();
            request.addProperty("sql", query.sql());
            return query.name();
        }
        Relation relation = ((Source.Table) source).relation();
        check(relation);
        request.addProperty("relation", relation.identifier());
        return relation.display();
    }

    @Override
    public void load(Relation relation, Load load) throws TransferException, InterruptedException {
        check(relation);
        Names.check(relation, load.columns(), LONGEST_NAME, "SQLite");
        if (load.columns().size() > MOST_COLUMNS) {
            throw new TransferException(
                    relation.display()
                            + " would have "
                            + load.columns().size()
                            + " columns; SQLite takes "
                            + MOST_COLUMNS
                            + ". Return fewer, or in several models.");
        }
        gate.prepare();
        SqliteTable table = gate.exists() ? describe(relation) : SqliteTable.NONE;
        try {
            Path csv = Files.createTempFile(programs.work(), "rows", ".csv");
            try {
                SqliteLoad plan = SqliteLoad.plan(relation, load, table, programs);
                FrameCheck.check(relation, load, plan.rules(), programs);
                programs.duckdb().query(plan.write(csv), programs.limits().data());
                JsonObject request = request("load", relation);
                plan.into(request);
                request.addProperty("csv", csv.toString());
                gate.writing(
                        () -> programs.sqlite().ask(file(), request, programs.limits().data()));
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException e) {
            throw new TransferException(
                    "The rows for "
                            + relation.display()
                            + " could not be stored: "
                            + e.getMessage());
        }
    }

    @Override
    public OptionalLong build(Relation relation, Build build)
            throws TransferException, InterruptedException {
        check(relation);
        Names.check(relation, List.of(), LONGEST_NAME, "SQLite");
        gate.prepare();
        JsonObject request = request("build", relation);
        request.addProperty("sql", build.sql());
        request.addProperty("how", "view");
        if (build instanceof Build.Table rows) {
            request.addProperty("how", rows.mode().name().toLowerCase(Locale.ROOT));
            request.addProperty("loadId", rows.loadId());
            request.addProperty("remembered", rows.remembered());
            request.addProperty("keptLoads", Staging.KEPT_LOADS);
            request.add("keys", new Gson().toJsonTree(rows.keys()));
            request.add("sentences", new Gson().toJsonTree(sentences(relation, rows.keys())));
        }
        JsonObject answer =
                SqlTrouble.of(
                        build.sql(),
                        () ->
                                gate.writing(
                                        () ->
                                                programs.sqlite()
                                                        .ask(
                                                                file(),
                                                                request,
                                                                programs.limits().data())));
        return answer.has("rows")
                ? OptionalLong.of(answer.get("rows").getAsLong())
                : OptionalLong.empty();
    }

    private static Map<String, Object> sentences(Relation relation, List<String> keys) {
        return Map.of(
                "missing",
                keys.stream().distinct().collect(Collectors.toMap(key -> key, Keys::missing)),
                "null",
                keys.stream()
                        .distinct()
                        .collect(Collectors.toMap(key -> key, key -> Keys.isNull(relation, key))),
                "twice",
                Keys.twice(relation, keys));
    }

    @Override
    public void ping() throws TransferException, InterruptedException {
        file();
        if (!gate.exists()) {
            throw new TransferException(
                    "There is no file "
                            + gate.file()
                            + " yet; "
                            + SlingTransfers.NO_FILE_YET
                            + ".");
        }
        JsonObject request = new JsonObject();
        request.addProperty("do", "ping");
        gate.reading(() -> programs.sqlite().ask(file(), request, programs.limits().query()));
    }

    private static JsonObject request(String what, Relation relation) {
        JsonObject request = new JsonObject();
        request.addProperty("do", what);
        request.addProperty("relation", relation.identifier());
        return request;
    }

    private Path file() throws TransferException {
        return gate.path()
                .orElseThrow(
                        () ->
                                new TransferException(
                                        "The connection '"
                                                + name
                                                + "' is a SQLite database in memory, which is gone"
                                                + " at once; give `path` a file."));
    }

    private void check(Relation relation) throws TransferException {
        file();
        if (!relation.schema().equalsIgnoreCase(SCHEMA)) {
            throw new TransferException(
                    relation.display()
                            + " is in the schema '"
                            + relation.schema()
                            + "', but a SQLite file has one only, main; remove `schema` from the"
                            + " model, its folder, the source or the output '"
                            + name
                            + "'.");
        }
    }
}
