package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.project.OddKey;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlKeys.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys of properties files and of the project file that are nearly known ones, and those that stand
 * twice: what is written for them is lost. Other keys are left alone.
 */
public final class YamlKeyProblems {
    private YamlKeyProblems() {}

    public static List<Problem> check(Path file, List<OddKey> keys) {
        return keys.stream().flatMap(key -> check(file, key)).toList();
    }

    private static Stream<Problem> check(Path file, OddKey odd) {
        if (odd instanceof OddKey.Unknown unknown) {
            return nearest(unknown).map(known -> misspelt(file, unknown, known)).stream();
        }
        return Stream.of(twice(file, (OddKey.Twice) odd));
    }

    private static Optional<String> nearest(OddKey.Unknown unknown) {
        String written = unknown.key();
        boolean tree = unknown.section().shape() == Shape.TREE;
        String key = tree && written.startsWith("+") ? written.substring(1) : written;
        if (isConfig(unknown)) {
            return ConfigKeys.nearest(key.replace('-', '_'));
        }
        int most = key.length() < 8 ? 1 : 2;
        return YamlKeys.of(unknown.section().name()).stream()
                .map(YamlKeys.Key::name)
                .filter(known -> key.length() >= 4 && !unknown.beside().contains(known))
                .filter(known -> EditDistance.within(key, known, most))
                .findFirst();
    }

    private static boolean isConfig(OddKey.Unknown unknown) {
        return unknown.section().name().endsWith("config");
    }

    private static Problem misspelt(Path file, OddKey.Unknown unknown, String known) {
        String right = (unknown.key().startsWith("+") ? "+" : "") + known;
        return Finding.of(
                        file,
                        Code.UNKNOWN_CONFIG,
                        unknown.span(),
                        (isConfig(unknown) ? "The config '" : "The key '")
                                + unknown.key()
                                + "' is not known and has no effect. Did you mean '"
                                + right
                                + "'?")
                .help("Rename it, or put keys of your own under 'meta'.")
                .fix("Replace with '" + right + "'", unknown.span(), right)
                .problem();
    }

    private static Problem twice(Path file, OddKey.Twice key) {
        String message =
                key.column()
                        ? "The column '"
                                + key.name()
                                + "' stands twice in this entry: what is said of it here is lost,"
                                + " but for its tests."
                        : "The key '" + key.name() + "' stands here twice: this one has no effect.";
        return Finding.of(file, Code.DUPLICATE_PROPERTIES, key.first(), message)
                .as(Severity.WARNING)
                .help("Put everything under one of them, and remove the other.")
                .related(file, key.again(), "'" + key.name() + "' again, which counts")
                .problem();
    }
}
