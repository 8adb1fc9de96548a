package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A config key that is nearly a known one; dbt takes any key, so others are left alone. */
final class UnknownConfig implements Rule {
    /** DVT's keys, dbt's, and those of its adapters that look alike. */
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
                    "grants",
                    "persist_docs",
                    "full_refresh",
                    "pre_hook",
                    "post_hook",
                    "event_time",
                    "submission_method",
                    "create_notebook",
                    "cluster_by",
                    "partition_by",
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

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        if (!file.isPython()) {
            return;
        }
        for (ConfigEntry entry : file.model().config()) {
            nearest(entry.key())
                    .ifPresent(known -> found.accept(unknown(file, entry, known).problem()));
        }
    }

    private static Finding unknown(CheckedFile file, ConfigEntry entry, String known) {
        Finding finding =
                Finding.of(
                                file,
                                Code.UNKNOWN_CONFIG,
                                entry.keySpan(),
                                "The config '"
                                        + entry.key()
                                        + "' is not known and has no effect. Did you mean '"
                                        + known
                                        + "'?")
                        .help("Rename it, or put keys of your own under 'meta'.");
        return References.isWritten(file, entry.keySpan(), entry.key())
                ? finding.fix("Replace with '" + known + "'", entry.keySpan(), known)
                : finding;
    }

    private static Optional<String> nearest(String key) {
        if (KNOWN.contains(key) || key.length() < 4) {
            return Optional.empty();
        }
        int most = key.length() < 8 ? 1 : 2;
        return KNOWN.stream().filter(k -> EditDistance.within(key, k, most)).sorted().findFirst();
    }
}
