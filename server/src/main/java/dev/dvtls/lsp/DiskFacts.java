package dev.dvtls.lsp;

import dev.dvtls.assist.NodeFacts;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.LastRun;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Profile;
import dev.dvtls.run.ColumnsOnDisk;
import dev.dvtls.run.Connection;
import dev.dvtls.run.LastRuns;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/** What the files of a project tell of its nodes: profile, cache, logs. Thread-safe. */
final class DiskFacts implements NodeFacts {
    private final ColumnsOnDisk columns;
    private final LastRuns runs = new LastRuns();

    DiskFacts(ColumnsOnDisk columns) {
        this.columns = columns;
    }

    @Override
    public Optional<Place> place(Manifest manifest, Node node) {
        Optional<Profile> profile = columns.profile(manifest.project());
        return columns.output(manifest.project(), node)
                .flatMap(name -> profile.flatMap(p -> Optional.ofNullable(p.outputs().get(name))))
                .map(
                        output ->
                                new Place(
                                        output.name(),
                                        output.type(),
                                        // Until a run renders it, a template says nothing.
                                        Optional.of(
                                                        new Connection(
                                                                        output.name(),
                                                                        output.type(),
                                                                        output.fields())
                                                                .defaultSchema())
                                                .filter(schema -> !schema.contains("{{"))));
    }

    @Override
    public KnownColumns.Known columns(Manifest manifest, Node node) {
        return columns.of(manifest, node);
    }

    @Override
    public Optional<CachedRelation> cached(Manifest manifest, Node node) {
        return columns.cached(manifest.project(), node);
    }

    @Override
    public Optional<LastRun> lastRun(Manifest manifest, Node node) {
        return runs.of(manifest.project().root(), node.uniqueId());
    }

    @Override
    public Map<String, LastRun> lastRuns(Manifest manifest) {
        return runs.all(manifest.project().root());
    }

    @Override
    public ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }
}
