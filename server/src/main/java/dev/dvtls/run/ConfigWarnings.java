package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.YamlNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Config that dbt would obey and a run here does not: never ignored in silence. Pure. */
final class ConfigWarnings {
    /** What has no part in how a table is made here. */
    static final List<String> IGNORED =
            List.of(
                    "pre-hook",
                    "pre_hook",
                    "post-hook",
                    "post_hook",
                    "sql_header",
                    "grants",
                    "persist_docs",
                    "incremental_predicates",
                    "merge_update_columns",
                    "merge_exclude_columns",
                    "indexes",
                    "unlogged",
                    "partition_by",
                    "partitioned_by",
                    "cluster_by",
                    "dist",
                    "sort",
                    "transient",
                    "engine",
                    "order_by");

    private static final Set<String> BY_KEY = Set.of("merge", "delete+insert");

    private ConfigWarnings() {}

    /** Of the project and its packages as a whole. */
    static List<String> of(Manifest manifest) {
        return Stream.concat(Stream.of(manifest.project()), manifest.installed().stream())
                .filter(project -> !project.hooks().isEmpty())
                .map(
                        project ->
                                "`"
                                        + String.join("` and `", project.hooks())
                                        + "` of "
                                        + (project.equals(manifest.project())
                                                ? project.file().getFileName()
                                                : "package '" + project.name() + "'")
                                        + " did not run: dvt-ls runs no hooks. Where the models"
                                        + " need what they do, do it by hand or with your dbt"
                                        + " command line (dbt run-operation).")
                .toList();
    }

    /** A sentence for each. */
    static List<String> of(Node node) {
        ModelConfig config = new ModelConfig(node);
        List<String> warnings = new ArrayList<>();
        for (String key : IGNORED) {
            if (config.value(key).filter(ConfigWarnings::says).isPresent()) {
                warnings.add(
                        "`"
                                + key
                                + "` in the config of '"
                                + node.name()
                                + "' has no effect here: dvt-ls does not do it.");
            }
        }
        if (config.value("contract")
                .filter(c -> c instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("enforced")))
                .isPresent()) {
            warnings.add(
                    "The contract of '"
                            + node.name()
                            + "' is not enforced here: dvt-ls does not compare columns with it.");
        }
        if (config.isIncremental()) {
            strategy(config).ifPresent(warnings::add);
            schemaChange(config).ifPresent(warnings::add);
        }
        return List.copyOf(warnings);
    }

    private static Optional<String> strategy(ModelConfig config) {
        String done =
                config.uniqueKey().isEmpty()
                        ? "rows are added"
                        : "rows of a known key replace, others are added";
        return config.value("incremental_strategy")
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .filter(
                        strategy ->
                                !(strategy.equals("default")
                                        || (config.uniqueKey().isEmpty()
                                                ? strategy.equals("append")
                                                : BY_KEY.contains(strategy))))
                .map(
                        strategy ->
                                "incremental_strategy='"
                                        + strategy
                                        + "' of '"
                                        + config.model().name()
                                        + "' is not done here: "
                                        + done
                                        + ".");
    }

    private static Optional<String> schemaChange(ModelConfig config) {
        return config.value("on_schema_change")
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .filter(value -> !value.equals("append_new_columns"))
                .map(
                        value ->
                                "on_schema_change='"
                                        + value
                                        + "' of '"
                                        + config.model().name()
                                        + "' is not done here: new columns are added, missing ones"
                                        + " are NULL.");
    }

    private static boolean says(Object value) {
        boolean empty =
                value == YamlNull.NULL
                        || value.equals(false)
                        || value.toString().isBlank()
                        || (value instanceof Collection<?> items && items.isEmpty())
                        || (value instanceof Map<?, ?> map && map.isEmpty());
        return !empty;
    }
}
