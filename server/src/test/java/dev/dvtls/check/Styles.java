package dev.dvtls.check;

import dev.dvtls.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The project of right models in many styles. */
final class Styles {
    static final Path ROOT = Path.of("../test-workspaces/styles").toAbsolutePath().normalize();

    private Styles() {}

    /** Every problem of every file, {@code models/x.py 1:5-1:9 error DVT120 message}. */
    static List<String> problems(Manifest manifest) {
        return Checker.checkAll(manifest, f -> Optional.of(text(manifest, f))).stream()
                .map(p -> shown(manifest, p))
                .toList();
    }

    private static String shown(Manifest manifest, Problem problem) {
        String file = ROOT.relativize(problem.file()).toString().replace('\\', '/');
        return file + " " + Shown.problem(problem, text(manifest, problem.file()));
    }

    private static String text(Manifest manifest, Path file) {
        return manifest.file(file).map(f -> f.text()).orElseGet(() -> read(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
