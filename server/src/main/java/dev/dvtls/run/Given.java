package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.util.List;
import java.util.Optional;

/**
 * A relation that a worker gets with its {@code run} message.
 *
 * @param args of the call that names it
 * @param view its name in the session
 * @param sql its rows
 */
record Given(boolean source, List<String> args, Optional<String> version, String view, String sql) {
    /** As its own name calls it. */
    static Given of(Node node, String sql) {
        return new Given(
                node.kind() == Node.Kind.SOURCE,
                node.sourceName()
                        .map(source -> List.of(source, node.name()))
                        .orElse(List.of(node.name())),
                node.version(),
                Relations.view(node),
                sql);
    }

    /** As a model calls it. */
    static Given of(Reference.Target target, Node node, String sql) {
        if (target instanceof Reference.ModelTarget model) {
            return new Given(
                    false,
                    model.packageName()
                            .map(p -> List.of(p, model.name()))
                            .orElse(List.of(model.name())),
                    model.version(),
                    Relations.view(node),
                    sql);
        } else if (target instanceof Reference.SourceTarget table) {
            return new Given(
                    true,
                    List.of(table.source(), table.table()),
                    Optional.empty(),
                    Relations.view(node),
                    sql);
        }
        return of(node, sql);
    }
}
