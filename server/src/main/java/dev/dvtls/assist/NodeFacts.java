package dev.dvtls.assist;

import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.LastRun;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of nodes beyond the project's texts: the profile, the cache, the runs. No database
 * is asked. May read small files: never ask it on the message loop. Thread-safe.
 */
public interface NodeFacts {
    /**
     * An output of the profile.
     *
     * @param type {@code duckdb}, {@code postgres}, ...
     * @param schema that relations land in by default; empty where only a run can know
     */
    record Place(String target, String type, Optional<String> schema) {}

    /** What the project's texts say, and nothing beyond them. */
    NodeFacts TEXTS =
            new NodeFacts() {
                @Override
                public Optional<Place> place(Manifest manifest, Node node) {
                    return Optional.empty();
                }

                @Override
                public KnownColumns.Known columns(Manifest manifest, Node node) {
                    return KnownColumns.PROPERTIES.of(manifest, node);
                }

                @Override
                public Optional<CachedRelation> cached(Manifest manifest, Node node) {
                    return Optional.empty();
                }

                @Override
                public Optional<LastRun> lastRun(Manifest manifest, Node node) {
                    return Optional.empty();
                }

                @Override
                public Map<String, LastRun> lastRuns(Manifest manifest) {
                    return Map.of();
                }

                @Override
                public ZonedDateTime now() {
                    return ZonedDateTime.now(ZoneId.systemDefault());
                }
            };

    /** Where a node lands or lives. */
    Optional<Place> place(Manifest manifest, Node node);

    KnownColumns.Known columns(Manifest manifest, Node node);

    Optional<CachedRelation> cached(Manifest manifest, Node node);

    Optional<LastRun> lastRun(Manifest manifest, Node node);

    /** Of every node that was run, by unique id. */
    Map<String, LastRun> lastRuns(Manifest manifest);

    /** The time here, where the user is. */
    ZonedDateTime now();
}
