package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import java.util.Set;
import java.util.function.Consumer;

/** A config value that decides how the model runs, and that only running it would tell. */
final class DynamicConfig implements Rule {
    private static final Set<String> NEEDED =
            Set.of("materialized", "unique_key", "timeout", "enabled", "schema", "alias");

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        if (!file.isPython()) {
            return;
        }
        for (ConfigEntry entry : file.model().config()) {
            if (entry.value().isPresent() || file.isBroken(entry.valueSpan())) {
                continue;
            }
            if (NEEDED.contains(entry.key())) {
                found.accept(
                        Finding.of(
                                        file,
                                        Code.DYNAMIC_CONFIG,
                                        entry.valueSpan(),
                                        "The value of '"
                                                + entry.key()
                                                + "' must be known before the model runs; this one"
                                                + " is not constant.")
                                .help(
                                        "Write a literal, or a name that is bound once to one. A"
                                                + " value that differs per target belongs in the"
                                                + " project file or a properties file.")
                                .problem());
            } else if (entry.key().equals("**")) {
                found.accept(
                        Finding.of(
                                        file,
                                        Code.DYNAMIC_CONFIG,
                                        entry.keySpan(),
                                        "The config must be known before the model runs; the keys"
                                                + " of this value are not.")
                                .help(
                                        "Write the keys out: dbt.config(materialized=\"table\","
                                                + " ...).")
                                .problem());
            }
        }
    }
}
