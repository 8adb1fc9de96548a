package dev.dvtls.manifest;

import dev.dvtls.manifest.Manifest.Disabled;
import dev.dvtls.manifest.Manifest.Found;
import dev.dvtls.manifest.Manifest.NotFound;
import dev.dvtls.manifest.Manifest.NotOurs;
import dev.dvtls.manifest.Manifest.Resolution;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a reference means, as dbt does.
 *
 * @param rootPackage name of the project itself
 */
record Resolver(Indexes indexes, String rootPackage) {
    /**
     * A definition, or why there is none.
     *
     * @param disabled a definition that is switched off, when there is no other
     */
    record Answer(Optional<Definition> found, Optional<Definition> disabled) {}

    Resolution resolve(Reference.Target target) {
        Answer answer = answer(target, rootPackage);
        if (answer.found().isPresent()) {
            Node bare = answer.found().get().node();
            return new Found(indexes.nodes().getOrDefault(bare.uniqueId(), bare));
        } else if (answer.disabled().isPresent()) {
            return new Disabled(answer.disabled().get().node().name());
        } else if (target instanceof Reference.SessionTable) {
            return new NotOurs();
        }
        return new NotFound(
                target instanceof Reference.SourceTarget source
                        && indexes.provides().has(Keys.sourceName(source.source())));
    }

    /** The unique id that a target means, seen from a package. */
    Optional<String> id(Reference.Target target, String fromPackage) {
        return answer(target, fromPackage).found().map(d -> d.node().uniqueId());
    }

    private Answer answer(Reference.Target target, String fromPackage) {
        List<Definition> named = indexes.defined(Keys.target(target));
        if (target instanceof Reference.ModelTarget model) {
            named =
                    named.stream()
                            .filter(d -> isMeant(d, model))
                            .filter(d -> model.version().isPresent() || d.latest())
                            .toList();
        }
        Optional<Definition> found =
                nearest(named.stream().filter(Definition::enabled).toList(), fromPackage);
        return new Answer(found, nearest(named, fromPackage));
    }

    private static boolean isMeant(Definition definition, Reference.ModelTarget target) {
        Node node = definition.node();
        return target.packageName().map(node.packageName()::equals).orElse(true)
                && target.version().map(v -> Optional.of(v).equals(node.version())).orElse(true);
    }

    /** The package's own first, then the project's, then any. */
    private Optional<Definition> nearest(List<Definition> definitions, String fromPackage) {
        Optional<Definition> best = Optional.empty();
        int bestRank = Integer.MAX_VALUE;
        for (Definition definition : definitions) {
            String name = definition.node().packageName();
            int rank = name.equals(fromPackage) ? 0 : name.equals(rootPackage) ? 1 : 2;
            if (rank < bestRank) {
                best = Optional.of(definition);
                bestRank = rank;
            }
        }
        return best;
    }
}
