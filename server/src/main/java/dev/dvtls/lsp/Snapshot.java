package dev.dvtls.lsp;

import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an answer is computed from, as one immutable value.
 *
 * @param generation grows with every change
 * @param documents open ones, by URI
 * @param projects loaded ones, by root; sorted, so that answers do not depend on what came first
 * @param runProblems what runs left on files, until they change
 */
record Snapshot(
        long generation,
        Map<String, Document> documents,
        Map<Path, Manifest> projects,
        Map<Path, List<Problem>> runProblems) {

    static final Snapshot EMPTY = new Snapshot(0, Map.of(), Map.of(), Map.of());

    Optional<Document> document(String uri) {
        return Optional.ofNullable(documents.get(uri));
    }

    Optional<Document> document(Path path) {
        return documents.values().stream()
                .filter(document -> document.path().equals(Optional.of(path)))
                .findFirst();
    }

    /** Files that are open, the one that was opened or changed last first. */
    List<Path> recent() {
        return documents.values().stream()
                .sorted(Comparator.comparingLong(Document::touched).reversed())
                .flatMap(document -> document.path().stream())
                .toList();
    }

    /** The project that a file belongs to: the nearest root above it. */
    Optional<Manifest> projectOf(Path file) {
        return rootOf(file).map(projects::get);
    }

    Optional<Path> rootOf(Path file) {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            if (projects.containsKey(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
