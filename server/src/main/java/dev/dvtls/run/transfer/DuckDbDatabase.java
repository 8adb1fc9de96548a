package dev.dvtls.run.transfer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Field;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A DuckDB file (or MotherDuck): it gets SQL that reads and writes Parquet itself. */
final class DuckDbDatabase implements Database {
    /** Types that come back as others, at times. */
    private static final Set<String> UNSTEADY = Set.of("INTERVAL", "HUGEINT", "UHUGEINT");

    /** DuckDB has no limit; a longer one is a mistake. */
    private static final int LONGEST_NAME = 1000;

    private static final Set<String> LOST_IN_PARQUET =
            Set.of("HUGEINT", "UHUGEINT", "BIGNUM", "BIT", "TIME_NS");

    private final Sling.Target target;

    private final Programs programs;
    private final FileGate gate;
    private final InsideDuckDb inside;

    DuckDbDatabase(Sling.Target target, Programs programs, FileGate gate) {
        this.target = target;
        this.programs = programs;
        this.gate = gate;
        this.inside = new InsideDuckDb(target, gate.path(), programs);
    }

    @Override
    public Optional<Existing> find(Relation relation)
            throws TransferException, InterruptedException {
        if (!gate.exists()) {
            return Optional.empty();
        }
        DuckDbTable table = read(relation);
        return table.view()
                .map(
                        view ->
                                new Existing(
                                        view,
                                        table.columns().stream()
                                                .map(DuckDbDatabase::field)
                                                .toList(),
                                        table.loadId()));
    }

    private DuckDbTable read(Relation relation) throws TransferException, InterruptedException {
        return gate.reading(() -> DuckDbTable.read(inside, relation, programs.limits().query()));
    }

    private void read(String sql) throws TransferException, InterruptedException {
        gate.reading(
                () -> {
                    inside.read(sql, programs.limits().data());
                    return true;
                });
    }

    private JsonArray write(String sql) throws TransferException, InterruptedException {
        return gate.writing(() -> inside.write(sql, programs.limits().data()));
    }

    @Override
    public Extracted extract(Source source, Path parquet)
            throws TransferException, InterruptedException {
        if (!gate.exists()) {
            throw new TransferException(
                    name(source)
                            + " does not exist on '"
                            + target.name()
                            + "': there is no file "
                            + gate.file()
                            + ".");
        }
        if (source instanceof Source.Query query) {
            return SqlTrouble.of(
                    query.sql(),
                    () -> copy("(\n" + query.sql() + "\n)", columns(query.sql()), parquet));
        }
        Relation relation = ((Source.Table) source).relation();
        DuckDbTable table = read(relation);
        if (table.view().isEmpty()) {
            throw new TransferException(
                    relation.display() + " does not exist on '" + target.name() + "'.");
        }
        return copy(Sql.table(relation), table.columns(), parquet);
    }

    private static String name(Source source) {
        return source instanceof Source.Query query
                ? query.name()
                : ((Source.Table) source).relation().display();
    }

    private List<Column> columns(String query) throws TransferException, InterruptedException {
        return gate.reading(() -> inside.describe(query, programs.limits().data()));
    }

    private Extracted copy(String from, List<Column> columns, Path parquet)
            throws TransferException, InterruptedException {
        Set<String> spans = lostSpans(from, columns);
        read(
                "copy (select "
                        + columns.stream()
                                .map(column -> leaving(column, spans))
                                .collect(Collectors.joining(", "))
                        + " from "
                        + from
                        + ") to "
                        + Sql.text(parquet.toString())
                        + " (format parquet)");
        DuckDb.Described described = programs.duckdb().describe(parquet, programs.limits().query());
        try {
            return new Extracted(
                    parquet, described.rows(), described.columns(), Files.size(parquet));
        } catch (IOException e) {
            throw new TransferException(parquet + " cannot be read: " + e.getMessage());
        }
    }

    /** Interval columns that have to leave as text. */
    private Set<String> lostSpans(String from, List<Column> columns)
            throws TransferException, InterruptedException {
        List<String> spans =
                columns.stream()
                        .filter(column -> column.type().equals("INTERVAL"))
                        .map(Column::name)
                        .toList();
        if (spans.isEmpty()) {
            return Set.of();
        }
        String counts =
                spans.stream()
                        .map(
                                name ->
                                        Sql.name(name)
                                                + " := count(*) filter (where "
                                                + Carrier.lostSpan(Sql.name(name))
                                                + ")")
                        .collect(Collectors.joining(", "));
        JsonObject lost =
                gate.reading(
                        () ->
                                inside.queryJson(
                                        "select cast(to_json(struct_pack("
                                                + counts
                                                + ")) as varchar) as answer from "
                                                + from,
                                        programs.limits().data()));
        return spans.stream()
                .filter(name -> DuckDb.number(lost, name) > 0)
                .collect(Collectors.toSet());
    }

    /** Parquet makes doubles of the widest integers. */
    private static String leaving(Column column, Set<String> spans) {
        String name = Sql.name(column.name());
        if (spans.contains(column.name())) {
            return "cast(" + name + " as varchar) as " + name;
        }
        if (!LOST_IN_PARQUET.contains(column.type()) && !column.type().startsWith("UNION(")) {
            return name;
        }
        String type =
                switch (column.type()) {
                    case "HUGEINT", "UHUGEINT", "BIGNUM" -> "DECIMAL(38,0)";
                    case "TIME_NS" -> "TIME";
                    default -> "VARCHAR";
                };
        return "cast(" + name + " as " + type + ") as " + name;
    }

    @Override
    public void load(Relation relation, Load load) throws TransferException, InterruptedException {
        Names.check(relation, load.columns(), LONGEST_NAME, "DuckDB");
        FrameCheck.check(relation, load, FrameCheck.keys(load), programs);
        gate.prepare();
        DuckDbTable table = gate.exists() ? read(relation) : DuckDbTable.NONE;
        try {
            write(DuckDbLoad.sql(relation, DuckDbLoad.Rows.of(load), table));
        } catch (TransferException e) {
            if (!wasApplied(load.loadId(), e)) {
                throw plain(e);
            }
        }
    }

    @Override
    public void ping() throws TransferException, InterruptedException {
        if (!gate.exists()) {
            throw new TransferException(
                    "There is no file "
                            + gate.file()
                            + " yet; "
                            + SlingTransfers.NO_FILE_YET
                            + ".");
        }
        read("select 1");
    }

    @Override
    public OptionalLong build(Relation relation, Build build)
            throws TransferException, InterruptedException {
        Names.check(relation, List.of(), LONGEST_NAME, "DuckDB");
        gate.prepare();
        DuckDbTable table = gate.exists() ? read(relation) : DuckDbTable.NONE;
        try {
            return SqlTrouble.of(build.sql(), () -> build(relation, build, table));
        } catch (TransferException e) {
            throw plain(e);
        }
    }

    private OptionalLong build(Relation relation, Build build, DuckDbTable table)
            throws TransferException, InterruptedException {
        List<Column> columns = columns(build.sql());
        if (build instanceof Build.View view) {
            if (gate.path().isEmpty() && table.view().isPresent() && !table.view().get()) {
                // Sling goes on after an error: the table would be gone and no view there
                throw new TransferException(
                        relation.display() + " is a table; nothing was built. Drop it first.");
            }
            write(DuckDbBuild.view(relation, view.sql(), columns, table));
            return OptionalLong.empty();
        }
        Build.Table rows = (Build.Table) build;
        try {
            JsonArray answer = write(DuckDbBuild.table(relation, rows, columns, table));
            return answer.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(DuckDb.number(answer.get(0).getAsJsonObject(), "n"));
        } catch (TransferException e) {
            if (!wasApplied(rows.loadId(), e)) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    private static Field field(Column column) {
        return new Field(
                column.name(),
                column.type(),
                Optional.of(column.type()).filter(type -> !UNSTEADY.contains(type)));
    }

    /** Whether it was this load that the database refused to remember twice. */
    private static boolean wasApplied(String loadId, TransferException e) {
        return e.getMessage().contains("Duplicate key \"load_id: " + loadId);
    }

    /** Our own sentences come back as DuckDB's errors. */
    private static TransferException plain(TransferException e) {
        return new TransferException(e.getMessage().replaceFirst("^Invalid Input Error: ", ""));
    }
}
