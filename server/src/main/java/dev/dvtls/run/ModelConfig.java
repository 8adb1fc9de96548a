package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import dev.dvtls.project.YamlNull;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run asks of a model's config. Pure. */
record ModelConfig(Node model) {
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
