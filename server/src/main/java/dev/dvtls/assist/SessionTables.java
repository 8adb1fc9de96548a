package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.nio.file.Path;
import java.util.Optional;

/** The names of a session's SQL: {@code __model__x}, {@code source__table}. */
final class SessionTables {
    static final String MODEL = "__model__";

    private SessionTables() {}

    /**
     * @param file the model whose SQL it is; its own name is its previous result
     */
    static Optional<Node> resolve(Manifest manifest, Path file, String name) {
        if (!name.startsWith(MODEL)) {
            return found(manifest, new Reference.SessionTable(name));
        }
        String model = name.substring(MODEL.length());
        return manifest.nodeOf(file)
                .filter(own -> own.name().equalsIgnoreCase(model))
                .or(() -> found(manifest, Reference.ModelTarget.of(model)));
    }

    static String of(Node node) {
        return node.kind() == Node.Kind.SOURCE
                ? node.sourceName().orElse("") + "__" + node.name()
                : MODEL + node.name();
    }

    private static Optional<Node> found(Manifest manifest, Reference.Target target) {
        return manifest.resolve(target) instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }
}
