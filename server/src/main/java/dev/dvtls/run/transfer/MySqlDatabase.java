package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Field;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** MariaDB, 10.7 or later: as {@link PostgresDatabase}, and a build has two starts. */
final class MySqlDatabase implements Database {
    private static final Pattern LOST =
            Pattern.compile("connection reset|broken pipe|invalid connection|packet for query");

    private final Sling.Target target;
    private final Programs programs;

    /** Error 1242, in the words of both servers. */
    private static final String SEVERAL_ROWS = "Subquery returns more than 1 row";

    private final Catalog<MySqlTable> catalog;

    MySqlDatabase(Sling.Target target, Programs programs) {
        this.target = target;
        this.programs = programs;
        this.catalog = new Catalog<>(target, programs, MySqlTable::question, MySqlTable::of);
    }

    @Override
    public Optional<Existing> find(Relation relation)
            throws TransferException, InterruptedException {
        MySqlTable table = catalog.look(relation);
        return table.kind()
                .map(
                        kind ->
                                new Existing(
                                        table.isView(),
                                        table.columns().stream().map(f -> field(table, f)).toList(),
                                        table.loadId()));
    }

    /** Of a table that may be another than that of its last load, nothing is certain. */
    private static Field field(MySqlTable table, MySqlTable.Field field) {
        Field certain = MySqlTypes.field(field.name(), field.type());
        return table.sure() || table.loadId().isEmpty()
                ? certain
                : new Field(certain.name(), certain.type(), Optional.empty());
    }

    @Override
    public Extracted extract(Source source, Path parquet)
            throws TransferException, InterruptedException {
        if (source instanceof Source.Query query) {
            Relation view =
                    new Relation(
                            Optional.empty(),
                            query.schema(),
                            "_dvt_view_" + Long.toHexString(System.nanoTime()));
            List<MySqlTable.Field> columns =
                    SqlTrouble.of(
                            query.sql(),
                            () -> MySqlTable.ofQuery(target, view, query.sql(), programs));
            return extract(query.name(), "(\n" + query.sql() + "\n) as q", columns, parquet);
        }
        Relation relation = ((Source.Table) source).relation();
        // An empty table may be seen to be empty before the condition is.
        return catalog.with(
                relation,
                table -> extract(relation, table, parquet),
                extracted -> extracted.rows() > 0);
    }

    /** Of a table as it was seen; where it has become another, an error says so. */
    Extracted extract(Relation relation, MySqlTable table, Path parquet)
            throws TransferException, InterruptedException {
        if (table.kind().isEmpty()) {
            throw new TransferException(
                    relation.display() + " does not exist on '" + target.name() + "'.");
        }
        Optional<String> same = table.holds(relation);
        String from =
                MySqlText.table(relation)
                        + same.map(s -> " where if(" + s + ", true, (select 1 union select 2))")
                                .orElse("");
        Extracted extracted;
        try {
            extracted = extract(relation.display(), from, table.columns(), parquet);
        } catch (TransferException e) {
            // The server has no other way to refuse in a query; a view may do so for itself.
            boolean refused = same.isPresent() && e.getMessage().contains(SEVERAL_ROWS);
            throw refused && !table.isView() ? new TransferException(Staging.changed(relation)) : e;
        }
        if (table.leftovers().isEmpty()) {
            catalog.keep(relation, table);
        }
        return extracted;
    }

    private Extracted extract(
            String what, String from, List<MySqlTable.Field> columns, Path parquet)
            throws TransferException, InterruptedException {
        List<Leaving> leaving = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            leaving.add(MySqlTypes.leaving(columns.get(i).name(), columns.get(i).type(), i));
        }
        return new TextExtract(target, programs)
                .extract(
                        what,
                        from,
                        columns.stream().map(MySqlTable.Field::name).toList(),
                        leaving,
                        parquet);
    }

    @Override
    public void load(Relation relation, Load load) throws TransferException, InterruptedException {
        MySqlText.check(relation, load.columns());
        List<FrameCheck.Rule> rules = new ArrayList<>(FrameCheck.keys(load));
        rules.addAll(FrameCheck.mariadb(load.columns()));
        FrameCheck.check(relation, load, rules, programs);
        catalog.with(relation, table -> load(relation, load, table), done -> done);
    }

    private boolean load(Relation relation, Load load, MySqlTable table)
            throws TransferException, InterruptedException {
        MySqlLoad plan = MySqlPlan.of(relation, load, table, programs);
        String stage = Staging.name(relation, load.loadId());
        String apply =
                plan.sql(
                        stage,
                        load.rows(),
                        List.of(),
                        MySqlRows.fill(MySqlText.table(relation.schema(), stage)));
        try {
            if (load.rows() == 0) {
                programs.sling().exec(target, apply, programs.limits().data());
            } else {
                stage(relation, load, stage, apply);
            }
        } catch (TransferException e) {
            drop(relation, stage);
            unlessApplied(e);
        }
        if (plan.keepsTable()) {
            catalog.keep(relation, table);
        }
        return true;
    }

    private void stage(Relation relation, Load load, String stage, String apply)
            throws TransferException, InterruptedException {
        String table = MySqlText.table(relation.schema(), stage);
        StagedCsv.load(
                relation,
                target,
                programs,
                csv -> new MySqlRows(load.columns()).write(load.parquet(), csv),
                csv -> Replications.fromCsv(csv, MySqlRows.table(table), table, 1, apply));
    }

    /** What is left of a failed load goes at once where that is possible, else with the next. */
    private void drop(Relation relation, String stage) throws InterruptedException {
        try {
            programs.sling()
                    .exec(
                            target,
                            "drop table if exists "
                                    + List.of("", "_n", "_f").stream()
                                            .map(
                                                    end ->
                                                            MySqlText.table(
                                                                    relation.schema(), stage + end))
                                            .collect(java.util.stream.Collectors.joining(", ")),
                            programs.limits().query());
        } catch (TransferException e) {
            // the first failure is what the user has to hear
        }
    }

    @Override
    public void ping() throws TransferException, InterruptedException {
        programs.sling().exec(target, "select 1", programs.limits().query());
    }

    @Override
    public OptionalLong build(Relation relation, Build build)
            throws TransferException, InterruptedException {
        try {
            return built(relation, build);
        } finally {
            catalog.forget(relation);
        }
    }

    private OptionalLong built(Relation relation, Build build)
            throws TransferException, InterruptedException {
        MySqlText.check(relation, List.of());
        MySqlBuild inside = new MySqlBuild(target, programs, catalog, relation);
        if (build instanceof Build.View view) {
            SqlTrouble.of(
                    view.sql(),
                    () -> {
                        inside.view(view);
                        return true;
                    });
            return OptionalLong.empty();
        }
        Build.Table table = (Build.Table) build;
        String stage = Staging.name(relation, table.loadId());
        try {
            MySqlBuild.Staged staged = SqlTrouble.of(table.sql(), () -> inside.stage(table, stage));
            String rows = MySqlText.table(relation.schema(), stage) + " as s";
            programs.sling()
                    .exec(
                            target,
                            inside.plan(table, staged)
                                    .sql(
                                            stage,
                                            staged.rows(),
                                            inside.checks(table, staged, rows),
                                            MySqlBuild.fill(staged, rows)),
                            programs.limits().data());
            return OptionalLong.of(staged.rows());
        } catch (TransferException e) {
            drop(relation, stage);
            unlessApplied(e);
            return OptionalLong.empty();
        }
    }

    private static void unlessApplied(TransferException e) throws TransferException {
        if (!e.getMessage().contains(MySqlRemember.APPLIED)
                && !e.getMessage().contains(MySqlRemember.ONCE)) {
            String message =
                    e.getMessage()
                            .replaceFirst("^Error 1644 \\(45000\\): ", "")
                            .replaceFirst(" at row \\d+$", ""); // of one statement among many
            throw new TransferException(
                    LOST.matcher(message).find()
                            ? message
                                    + ". A row longer than the server's max_allowed_packet ends the"
                                    + " connection so; raise it there, or shorten the row."
                            : message);
        }
    }
}
