package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import java.util.List;
import java.util.function.Consumer;

/** A config key that is nearly a known one; dbt takes any key, so others are left alone. */
final class UnknownConfig implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        if (!file.isPython()) {
            return;
        }
        for (ConfigEntry entry : file.model().config()) {
            ConfigKeys.nearest(entry.key())
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
                ? finding.replacements(entry.keySpan(), List.of(known))
                : finding;
    }
}
