package dev.dvtls.lsp;

import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        return both(
                manifest.map(m -> access.check(m, file, text)).orElse(List.of()),
                snapshot.runProblems().getOrDefault(file, List.of()));
    }

    /** What a check says of a place is not said once more because a run was refused for it. */
    static List<Problem> both(List<Problem> checked, List<Problem> ofRuns) {
        return Stream.concat(
                        checked.stream(),
                        ofRuns.stream()
                                .filter(
                                        run ->
                                                checked.stream()
                                                        .noneMatch(c -> sameMistake(c, run))))
                .toList();
    }

    private static boolean sameMistake(Problem one, Problem other) {
        return one.code() == other.code()
                && (one.span().touches(other.span().start())
                        || other.span().touches(one.span().start()));
    }
}
