package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Renders SQL models as a dbt command line does: jinja2, in a worker of its own that lives as long
 * as the run. Thread-safe.
 */
interface SqlCompiler {
    /** Where a query will run, which decides how it names what it reads. */
    sealed interface Place {
        /** Inside a database, in its dialect: full names. */
        record Inside(Connection connection) implements Place {}

        /** In DuckDB over the cache: the session's names, such as {@code __model__x}. */
        record OverCache() implements Place {}
    }

    /**
     * @param sql without a semicolon; ephemeral models that it reads are in it
     * @param reads what it names when it is rendered, macros and ephemeral models seen through
     * @param config what the model gave to {@code config()} when it was rendered; a value there is
     *     what a template in it came to ({@code materialized = 'view' if target.name == 'dev'...})
     * @param file the text as the user may look at it, below the project's target path
     */
    record Compiled(String sql, List<Node> reads, Map<String, Object> config, Path file) {}

    /**
     * @param incremental what {@code is_incremental()} says
     * @throws ModelFailure with the template's file and line
     */
    Compiled compile(Node model, Place place, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException;
}
