package dev.dvtls.run;

import dev.dvtls.cache.CacheKey;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The test data of a model: a folder with a file for each relation that it reads. Pure. */
record Fixtures(Manifest manifest, Node model) {
    static final String FOLDER = "fixtures";

    Path folder() {
        return manifest.project().root().resolve(FOLDER).resolve(fileName(model));
    }

    /** Ephemeral models are seen through: their SQL is tested along. By name. */
    List<Node> reads() {
        return new Lineage(manifest)
                .upstreams(model).stream()
                        .sorted(Comparator.comparing(Fixtures::fileName))
                        .toList();
    }

    /** As models and people call it, where that can be a file's name. */
    static String fileName(Node node) {
        String name = RunPlan.name(node) + node.version().map(v -> ".v" + v).orElse("");
        return name.matches("[\\w-][\\w. -]*(?<![. ])") ? name : CacheKey.segment(name);
    }
}
