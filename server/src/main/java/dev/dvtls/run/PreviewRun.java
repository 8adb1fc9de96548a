package dev.dvtls.run;

import dev.dvtls.cache.CacheReader;
import dev.dvtls.cache.CacheReader.Preview;
import dev.dvtls.cache.CacheReader.QueryRefused;
import dev.dvtls.cache.KeptPreviews;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.SqlCompiler.Compiled;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.sql.QueryText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Models computed for a look at their first rows: nothing is loaded, nothing is cached of them.
 *
 * @param previews where the rows are kept; empty: they are handed out
 */
record PreviewRun(RunContext run, Upstreams upstreams, int limit, Optional<KeptPreviews> previews) {

    List<Previewed> all(List<Node> nodes) throws InterruptedException {
        return new EachNode<>(run, this::one).all(nodes);
    }

    private Previewed one(Node node) throws ModelFailure, CancelledException, InterruptedException {
        try {
            if (node.kind() != Node.Kind.MODEL || Lineage.isEphemeral(node)) {
                return there(node);
            }
            StepRun.refuseWrong(run.manifest(), node);
            RunPlan.Step step =
                    RunPlan.of(run.manifest(), List.of(node), run.target().name()).steps().get(0);
            return node.isPython() ? python(step) : sql(step);
        } catch (IOException e) {
            throw ModelFailure.of(
                    "io-error",
                    "The preview of '"
                            + node.name()
                            + "' could not be read or written: "
                            + DiskTrouble.explained(e, run.work().path()));
        }
    }

    private Previewed python(RunPlan.Step step)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        PythonRun model = new PythonRun(run, upstreams, step, landing(step), () -> 0);
        try (WorkerTurn worker = WorkerTurn.begin(run, upstreams, step.node(), () -> 0)) {
            WorkerMessage.Result result = model.compute(worker, true).result();
            return previewed(step.node(), result, OptionalLong.of(result.rows()));
        }
    }

    private Previewed sql(RunPlan.Step step)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        SqlRun model = new SqlRun(run, upstreams, step, landing(step), () -> 0);
        Optional<History> history = model.history();
        Compiling.Query query = model.compile(history.isPresent());
        Compiled first = first(query.compiled());
        if (query.inside().isPresent()) {
            return inside(step.node(), first, query.inside().get());
        }
        try (WorkerTurn worker = WorkerTurn.begin(run, upstreams, step.node(), () -> 0)) {
            return previewed(
                    step.node(), model.compute(worker, first, history), OptionalLong.empty());
        }
    }

    /** One row more than is shown. Lines stay where they are, for errors. */
    private Compiled first(Compiled all) {
        return new Compiled(
                QueryText.first(all.sql(), limit + 1), all.reads(), all.config(), all.file());
    }

    private Previewed inside(Node node, Compiled first, Connection connection)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        run.checkCancelled();
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                node.uniqueId(),
                                Stage.EXECUTE,
                                node.name() + " inside " + connection.name()));
        Path file = run.work().newFile(".parquet");
        try {
            Source source = new Source.Query(node.name(), first.sql(), connection.defaultSchema());
            run.transfers()
                    .extract(connection, source, file)
                    .warning()
                    .ifPresent(text -> run.warn(node, text));
        } catch (TransferException e) {
            run.checkCancelled();
            throw upstreams.unread(node, first.reads(), connection, e);
        }
        return previewed(node, rowsOf(file), OptionalLong.empty());
    }

    /** A seed, a source, or an ephemeral model: its rows as they are. */
    private Previewed there(Node node)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        String sql = upstreams.get(node, node);
        return previewed(node, sql, OptionalLong.of(count(sql)));
    }

    private Landing landing(RunPlan.Step step) throws ModelFailure, InterruptedException {
        return run.landing(step.node());
    }

    private Previewed previewed(Node node, WorkerMessage.Result result, OptionalLong total)
            throws IOException {
        if (result.path().isEmpty() && previews.isPresent()) {
            return Previewed.of(
                    previews.get()
                            .keepEmpty(
                                    frame(node, total),
                                    Upstreams.cached(result.columns()),
                                    run.work().path()));
        }
        return result.path().isEmpty()
                ? new Previewed(node.uniqueId(), node.name(), empty(result.columns()), total, false)
                : previewed(node, rowsOf(result.path().get()), total);
    }

    /**
     * @param sql a query of DuckDB over files
     */
    private Previewed previewed(Node node, String sql, OptionalLong total) throws IOException {
        if (previews.isPresent()) {
            return Previewed.of(
                    previews.get().keep(frame(node, total), sql, limit, run.work().path()));
        }
        Preview rows = read(sql);
        return new Previewed(
                node.uniqueId(), node.name(), shown(rows), total, rows.rows().size() > limit);
    }

    private KeptPreviews.Frame frame(Node node, OptionalLong total) {
        return new KeptPreviews.Frame(node.uniqueId(), node.name(), total, upstreams.readBy(node));
    }

    private Preview read(String sql) throws IOException {
        try (CacheReader reader = CacheReader.open()) {
            return reader.query(sql, limit + 1);
        } catch (QueryRefused e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Of a query of DuckDB over files. */
    static long count(String sql) throws IOException {
        try (CacheReader reader = CacheReader.open()) {
            Preview count = reader.query("select count(*) from (" + sql + ")", 1);
            return count.rows().get(0).get(0).map(Long::parseLong).orElse(0L);
        } catch (QueryRefused e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Preview shown(Preview rows) {
        return rows.rows().size() > limit
                ? new Preview(rows.columns(), rows.rows().subList(0, limit))
                : rows;
    }

    private static Preview empty(List<Column> columns) {
        return new Preview(Upstreams.cached(columns), List.of());
    }

    private static String rowsOf(Path file) {
        return "select * from read_parquet('"
                + file.toString()
                        .replace('\\', '/')
                        .replaceAll("([\\[*?])", "[$1]")
                        .replace("'", "''")
                + "')";
    }
}
