package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import dev.dvtls.run.SqlCompiler.Compiled;
import dev.dvtls.run.SqlCompiler.Place;
import java.util.Optional;

/** Finds out where a SQL model can run, and compiles it for there. */
record Compiling(RunContext run) {
    /**
     * @param inside where it runs; empty: in DuckDB over the cache
     * @param elsewhere what it reads that kept it out of where it was wanted
     */
    record Query(Compiled compiled, Optional<Connection> inside, Optional<Node> elsewhere) {}

    /**
     * @param wanted where all that its text is known to read lives; what only its macros read may
     *     live elsewhere
     */
    Query compile(Node model, Optional<Connection> wanted, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        Optional<Node> elsewhere = Optional.empty();
        if (wanted.isPresent()) {
            String output = wanted.get().name();
            Compiled compiled =
                    run.compiler().compile(model, new Place.Inside(wanted.get()), incremental);
            elsewhere =
                    compiled.reads().stream()
                            .filter(node -> !run.output(node).equals(output))
                            .findFirst();
            if (elsewhere.isEmpty()) {
                return new Query(compiled, wanted, elsewhere);
            }
        }
        return new Query(
                run.compiler().compile(model, new Place.OverCache(), incremental),
                Optional.empty(),
                elsewhere);
    }
}
