package dev.dvtls.assist;

import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.LastRun;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Facts as a test wants them, at noon of a certain day. */
record KnownFacts(Map<String, CachedRelation> caches, Map<String, LastRun> runs)
        implements NodeFacts {
    static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
    static final KnownFacts NONE = new KnownFacts(Map.of(), Map.of());

    static KnownFacts cached(String node, long rows, String column, String type) {
        return NONE.andCached(node, rows, column, type, CachedRelation.Part.Kind.BASE);
    }

    /** Besides, at most so many rows of a node: how many replace others was not counted. */
    KnownFacts andUpserts(String node, long rows) {
        return andCached(node, rows, "id", "BIGINT", CachedRelation.Part.Kind.UPSERT);
    }

    KnownFacts andCached(
            String node, long rows, String column, String type, CachedRelation.Part.Kind kind) {
        List<CachedRelation.Column> columns = List.of(new CachedRelation.Column(column, type));
        Map<String, CachedRelation> more = new HashMap<>(caches);
        more.put(
                node,
                new CachedRelation(
                        "o",
                        "l",
                        List.of(),
                        columns,
                        NOON.minusSeconds(300),
                        List.of(
                                new CachedRelation.Part(
                                        kind, Path.of("a.parquet"), rows, 1, columns))));
        return new KnownFacts(Map.copyOf(more), runs);
    }

    static KnownFacts succeeded(String node, long rows) {
        return new KnownFacts(
                Map.of(),
                Map.of(
                        node,
                        new LastRun(
                                NOON.minusSeconds(3600),
                                "dev",
                                OptionalLong.of(rows),
                                Duration.ofMillis(2140),
                                Optional.empty())));
    }

    static KnownFacts failed(String node, String code, String message) {
        return new KnownFacts(
                Map.of(),
                Map.of(
                        node,
                        new LastRun(
                                NOON.minusSeconds(24 * 3600),
                                "dev",
                                OptionalLong.empty(),
                                Duration.ofSeconds(1),
                                Optional.of(new LastRun.Failure(code, message)))));
    }

    @Override
    public Optional<Place> place(Manifest manifest, Node node) {
        return Optional.of(new Place("dev", "duckdb", Optional.of("main")));
    }

    @Override
    public KnownColumns.Known columns(Manifest manifest, Node node) {
        return cached(manifest, node)
                .map(
                        c ->
                                new KnownColumns.Known(
                                        c.columns().stream()
                                                .map(
                                                        column ->
                                                                new Node.Column(
                                                                        column.name(),
                                                                        Optional.of(column.type()),
                                                                        ""))
                                                .toList(),
                                        true))
                .orElseGet(() -> KnownColumns.PROPERTIES.of(manifest, node));
    }

    @Override
    public Optional<CachedRelation> cached(Manifest manifest, Node node) {
        return Optional.ofNullable(caches.get(node.uniqueId()));
    }

    @Override
    public Optional<LastRun> lastRun(Manifest manifest, Node node) {
        return Optional.ofNullable(runs.get(node.uniqueId()));
    }

    @Override
    public Map<String, LastRun> lastRuns(Manifest manifest) {
        return runs;
    }

    @Override
    public ZonedDateTime now() {
        return NOON.atZone(ZoneOffset.UTC);
    }
}
