package dev.dvtls.check.rules;

import java.util.Optional;
import java.util.Set;

/** The config keys that are known; dbt takes any key, so only one that is nearly one is told. */
public final class ConfigKeys {
    /** DVT's keys, dbt's, and others in use that look like one of them. */
    private static final Set<String> KNOWN =
            Set.of(
                    "materialized",
                    "unique_key",
                    "timeout",
                    "allow_empty",
                    "tags",
                    "schema",
                    "database",
                    "alias",
                    "enabled",
                    "meta",
                    "incremental_strategy",
                    "on_schema_change",
                    "packages",
                    "python_version",
                    "imports",
                    "docs",
                    "group",
                    "access",
                    "contract",
                    "contact",
                    "grants",
                    "persist_docs",
                    "full_refresh",
                    "pre_hook",
                    "post_hook",
                    "event_time",
                    "submission_method",
                    "create_notebook",
                    "cluster_by",
                    "clustered_by",
                    "cluster_id",
                    "partition_by",
                    "partitioned_by",
                    "partitions",
                    "merge_update_columns",
                    "merge_exclude_columns",
                    "incremental_predicates",
                    "file_format",
                    "location_root",
                    "snowflake_warehouse",
                    "description",
                    "batch_size",
                    "lookback",
                    "begin",
                    "concurrent_batches",
                    "target_schema");

    private ConfigKeys() {}

    /** The known key that a key which is not known may have been meant to be. */
    public static Optional<String> nearest(String key) {
        if (KNOWN.contains(key) || key.length() < 4) {
            return Optional.empty();
        }
        int most = key.length() < 8 ? 1 : 2;
        return KNOWN.stream().filter(k -> EditDistance.within(key, k, most)).sorted().findFirst();
    }
}
