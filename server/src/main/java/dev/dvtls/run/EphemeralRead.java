package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import dev.dvtls.run.SqlCompiler.Compiled;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Source;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The rows of an ephemeral model, for a reader that works over the cache. */
record EphemeralRead(RunContext run, Upstreams upstreams, Node reader, Node node) {
    /** A DuckDB query. */
    String sql() throws ModelFailure, CancelledException, InterruptedException, IOException {
        Compiling.Query query = new Compiling(run).compile(node, home(), false);
        return query.inside().isPresent()
                ? extracted(query.compiled(), query.inside().get())
                : overCache(query.compiled());
    }

    /** The one connection where all that it reads lives; fixtures live in none. */
    private Optional<Connection> home() throws ModelFailure, InterruptedException {
        if (run.request().onFixtures()) {
            return Optional.empty();
        }
        List<String> outputs =
                new Lineage(run.manifest())
                        .upstreams(node).stream().map(run::output).distinct().toList();
        return outputs.size() == 1 ? Optional.of(run.connection(outputs.get(0))) : Optional.empty();
    }

    private String extracted(Compiled compiled, Connection connection)
            throws ModelFailure, CancelledException, InterruptedException {
        Source source = new Source.Query(node.name(), compiled.sql(), connection.defaultSchema());
        try {
            Extracted extracted = upstreams.extract(reader, node, connection, source);
            return "select * from read_parquet('"
                    + extracted.parquet().toString().replace('\\', '/').replace("'", "''")
                    + "')";
        } catch (TransferException e) {
            run.checkCancelled();
            throw upstreams.unread(node, compiled.reads(), connection, e);
        }
    }

    /** What it reads goes along under its session names, so that the query stands alone. */
    private String overCache(Compiled compiled)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        if (compiled.reads().isEmpty()) {
            return compiled.sql();
        }
        StringBuilder with = new StringBuilder("with ");
        for (Node read : compiled.reads()) {
            with.append(with.length() > 5 ? ",\n" : "")
                    .append('"')
                    .append(Relations.view(read).replace("\"", "\"\""))
                    .append("\" as (")
                    .append(upstreams.get(reader, read))
                    .append(')');
        }
        return with + "\nselect * from (\n" + compiled.sql() + "\n)";
    }
}
