package dev.dvtls.lsp;

import dev.dvtls.assist.Hints;
import dev.dvtls.cache.CacheGlance;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What hints say of nodes, out of a project's files.
 *
 * @param cache of which the newest rows count, whichever target they are of
 */
record HintFacts(KnownColumns known, CacheGlance cache) implements Hints.Facts {
    @Override
    public List<Node.Column> columns(Manifest manifest, Node node) {
        return known.of(manifest, node).columns();
    }

    @Override
    public OptionalLong rows(Manifest manifest, Node node) {
        Project project = manifest.project();
        Optional<CachedRelation> cached =
                cache.newest(project.root(), project.profile(), node.uniqueId())
                        .filter(CachedRelation::rowsExact);
        return cached.isPresent()
                ? OptionalLong.of(cached.get().rowsAtMost())
                : OptionalLong.empty();
    }
}
