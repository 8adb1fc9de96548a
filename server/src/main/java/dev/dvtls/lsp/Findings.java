package dev.dvtls.lsp;

import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Diagnostic;

/** The diagnostics of a file in a snapshot. Pure but for reading files that related places name. */
final class Findings {
    private Findings() {}

    static List<Diagnostic> of(
            Snapshot snapshot, Document document, ProjectAccess access, ClientFeatures features) {
        return document.path()
                .map(path -> of(snapshot, path, document, access, features))
                .orElse(List.of());
    }

    private static List<Diagnostic> of(
            Snapshot snapshot,
            Path file,
            Document document,
            ProjectAccess access,
            ClientFeatures features) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Problem problem : problems(snapshot, file, document.text(), access)) {
            diagnostics.add(Convert.diagnostic(snapshot, document.lines(), problem, features));
        }
        return List.copyOf(diagnostics);
    }

    static List<Problem> problems(Snapshot snapshot, Path file, String text, ProjectAccess access) {
        Optional<Manifest> manifest = snapshot.projectOf(file);
        List<Problem> all = new ArrayList<>();
        manifest.ifPresent(m -> all.addAll(access.check(m, file, text)));
        all.addAll(snapshot.runProblems().getOrDefault(file, List.of()));
        return List.copyOf(all);
    }
}
