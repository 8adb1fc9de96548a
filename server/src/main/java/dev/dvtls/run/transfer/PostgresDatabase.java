package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Build;
import dev.dvtls.run.Transfers.Existing;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** PostgreSQL: a start of Sling a load, extract or build, and one to look at a new table. */
final class PostgresDatabase implements Database {
    private static final int LONGEST_NAME = 63;

    private final Sling.Target target;
    private final Programs programs;
    private final Catalog<PgTable> catalog;

    PostgresDatabase(Sling.Target target, Programs programs) {
        this.target = target;
        this.programs = programs;
        this.catalog = new Catalog<>(target, programs, PgTable::question, PgTable::of);
    }

    @Override
    public Optional<Existing> find(Relation relation)
            throws TransferException, InterruptedException {
        PgTable table = catalog.look(relation);
        return table.kind()
                .map(
                        kind ->
                                new Existing(
                                        kind.equals("v"),
                                        table.columns().stream()
                                                .map(f -> PgTypes.field(f.name(), f.type()))
                                                .toList(),
                                        table.loadId()));
    }

    @Override
    public Extracted extract(Source source, Path parquet)
            throws TransferException, InterruptedException {
        if (source instanceof Source.Query query) {
            List<PgTable.Field> columns =
                    SqlTrouble.of(query.sql(), () -> PgQuery.fields(target, query.sql(), programs));
            String from = "(\n" + query.sql() + "\n) as q";
            return extract(query.name(), from, columns, parquet);
        }
        Relation relation = ((Source.Table) source).relation();
        // An empty table may be seen to be empty before the condition is.
        return catalog.with(
                relation,
                table -> extract(relation, table, parquet),
                extracted -> extracted.rows() > 0);
    }

    private Extracted extract(Relation relation, PgTable table, Path parquet)
            throws TransferException, InterruptedException {
        if (table.kind().isEmpty()) {
            throw new TransferException(
                    relation.display() + " does not exist on '" + target.name() + "'.");
        }
        String from =
                PgText.table(relation.schema(), relation.identifier())
                        + " where cast(case when "
                        + table.holds(relation)
                        + " then 'true' else "
                        + PgText.literal(Staging.changed(relation))
                        + " end as boolean)";
        Extracted extracted = extract(relation.display(), from, table.columns(), parquet);
        if (table.leftovers().isEmpty()) {
            catalog.keep(relation, table);
        }
        return extracted;
    }

    private Extracted extract(String what, String from, List<PgTable.Field> columns, Path parquet)
            throws TransferException, InterruptedException {
        List<Leaving> leaving = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            PgTable.Field field = columns.get(i);
            leaving.add(PgTypes.leaving(field.name(), field.type(), field.isDocument(), i));
        }
        return new TextExtract(target, programs)
                .extract(
                        what,
                        from,
                        columns.stream().map(PgTable.Field::name).toList(),
                        leaving,
                        parquet);
    }

    @Override
    public void load(Relation relation, Load load) throws TransferException, InterruptedException {
        Names.check(relation, load.columns(), LONGEST_NAME, "PostgreSQL");
        List<FrameCheck.Rule> rules = new ArrayList<>(FrameCheck.keys(load));
        rules.addAll(FrameCheck.postgres(load.columns()));
        FrameCheck.check(relation, load, rules, programs);
        catalog.with(relation, table -> load(relation, load, table), done -> done);
    }

    private boolean load(Relation relation, Load load, PgTable table)
            throws TransferException, InterruptedException {
        PgLoad plan = PgPlan.of(relation, load, table, programs);
        String stage = Staging.name(relation, load.loadId());
        String apply = plan.sql(stage);
        try {
            if (load.rows() == 0) {
                programs.sling().exec(target, apply, programs.limits().data());
            } else {
                stage(relation, load, stage, apply);
            }
        } catch (TransferException e) {
            if (!e.getMessage().contains(Staging.LOADS + "_pkey")) {
                drop(relation, stage);
                throw e;
            }
            drop(relation, stage); // this load was applied before: nothing is left to do
        }
        if (plan.keepsTable()) {
            catalog.keep(relation, table);
        }
        return true;
    }

    private void stage(Relation relation, Load load, String stage, String apply)
            throws TransferException, InterruptedException {
        String table = Sql.table(relation.schema(), stage);
        int columns = Carrier.width(load.columns().size());
        String create = "create unlogged table " + table + Replications.columns(columns, "text");
        StagedCsv.load(
                relation,
                target,
                programs,
                csv -> Carrier.write(load.parquet(), load.columns(), csv),
                csv -> Replications.fromCsv(csv, create, table, columns, apply));
    }

    /** What is left of a failed load goes at once where that is possible, else with the next. */
    private void drop(Relation relation, String stage) throws InterruptedException {
        try {
            programs.sling()
                    .exec(
                            target,
                            PgText.together(
                                    List.of(
                                            "drop table if exists "
                                                    + PgText.table(relation.schema(), stage))),
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
        Names.check(relation, List.of(), LONGEST_NAME, "PostgreSQL");
        PgBuild sql = new PgBuild(relation);
        try {
            return SqlTrouble.of(
                            build.sql(),
                            () ->
                                    programs.sling()
                                            .affected(
                                                    target,
                                                    build instanceof Build.View view
                                                            ? sql.view(view)
                                                            : sql.table((Build.Table) build),
                                                    programs.limits().data()))
                    .stream()
                    .map(rows -> rows - 1) // one more is told, so that none is not nothing
                    .findFirst();
        } catch (TransferException e) {
            if (!e.getMessage().contains(Staging.LOADS + "_pkey")) {
                throw e;
            }
            return OptionalLong.empty(); // it was applied before
        }
    }
}
