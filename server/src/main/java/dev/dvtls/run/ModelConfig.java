package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import dev.dvtls.project.YamlNull;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run asks of a model's config. Pure. */
record ModelConfig(Node model) {
    /** What decides how and where a node is built. */
    private static final Set<String> DECISIVE =
            Set.of(
                    "materialized",
                    "unique_key",
                    "alias",
                    "schema",
                    "database",
                    "enabled",
                    "target",
                    "full_refresh",
                    "timeout",
                    "allow_empty",
                    "incremental_strategy",
                    "on_schema_change",
                    "delimiter",
                    "quote_columns");

    boolean isIncremental() {
        return model.materialized().equals("incremental");
    }

    /** The columns of {@code unique_key}; empty: none. */
    List<String> uniqueKey() {
        return value("unique_key")
                .map(
                        value ->
                                value instanceof Collection<?> items
                                        ? items.stream().map(String::valueOf).toList()
                                        : List.of(value.toString()))
                .orElse(List.of());
    }

    boolean allowsEmpty() {
        return value("allow_empty")
                .filter(value -> value.toString().toLowerCase(Locale.ROOT).equals("true"))
                .isPresent();
    }

    /** Whether the table is built anew: the config's word counts before the request's. */
    boolean fullRefresh(RunRequest request) {
        return value("full_refresh")
                .map(value -> value.toString().equalsIgnoreCase("true"))
                .orElse(request.fullRefresh());
    }

    /**
     * The longest that a model may take; the request's word counts before the config's.
     *
     * @throws ModelFailure for a value that is no time
     */
    Optional<Duration> timeout(RunRequest request) throws ModelFailure {
        if (request.timeout().isPresent()) {
            return request.timeout();
        }
        Optional<Object> seconds = value("timeout");
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        try {
            double value = Double.parseDouble(seconds.get().toString());
            if (value > 0 && Double.isFinite(value)) {
                return Optional.of(Duration.ofMillis((long) (value * 1000)));
            }
        } catch (NumberFormatException e) {
            throw badTimeout(seconds.get());
        }
        throw badTimeout(seconds.get());
    }

    /** Keys whose value is still a template: it stands in YAML, or nothing could render it. */
    List<String> templates() {
        return model.config().entrySet().stream()
                .filter(entry -> DECISIVE.contains(entry.getKey()))
                .filter(entry -> isTemplate(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isTemplate(Object value) {
        return value instanceof Collection<?> items
                ? items.stream().anyMatch(ModelConfig::isTemplate)
                : value instanceof String text && (text.contains("{{") || text.contains("{%"));
    }

    Optional<Object> value(String key) {
        return Optional.ofNullable(model.config().get(key)).filter(value -> value != YamlNull.NULL);
    }

    private ModelFailure badTimeout(Object value) {
        return ModelFailure.of(
                "bad-config",
                "timeout="
                        + value
                        + " in the config of '"
                        + model.name()
                        + "' is no time. Give seconds, like timeout=60.");
    }
}
