package dev.dvtls.lsp;

import dev.dvtls.assist.Rename;
import dev.dvtls.assist.Rename.Prepared;
import dev.dvtls.assist.Uses;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.project.Project;
import dev.dvtls.project.SideFiles;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.FileRename;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Where names stand, and what becomes of them, in the protocol's terms. */
final class NameAnswers {
    private NameAnswers() {}

    /**
     * @param definitions also where the name is given
     */
    static List<Location> references(
            Requests.View view,
            int offset,
            boolean definitions,
            ClientFeatures features,
            Runnable check) {
        List<Location> locations = new ArrayList<>();
        if (view.manifest().isEmpty() || view.document().path().isEmpty()) {
            return locations;
        }
        Map<Path, Optional<LineIndex>> lines = new HashMap<>();
        for (Occurrence use :
                Uses.references(
                        view.manifest().get(),
                        view.document().path().get(),
                        view.document().text(),
                        offset,
                        definitions,
                        () -> beside(view.manifest().get(), view.snapshot()))) {
            check.run();
            if (use.span().equals(Span.NONE)) {
                // A file as a whole: a seed need not be read for that.
                Position start = new Position(0, 0);
                String uri = Convert.uri(view.snapshot(), use.file());
                locations.add(new Location(uri, new Range(start, start)));
                continue;
            }
            lines.computeIfAbsent(use.file(), file -> Convert.lines(view.snapshot(), file))
                    .map(at -> Convert.range(at, use.span(), features.encoding()))
                    .ifPresent(
                            range ->
                                    locations.add(
                                            new Location(
                                                    Convert.uri(view.snapshot(), use.file()),
                                                    range)));
        }
        return locations;
    }

    static List<DocumentHighlight> highlights(
            Requests.View view, int offset, ClientFeatures features) {
        if (view.manifest().isEmpty() || view.document().path().isEmpty()) {
            return List.of();
        }
        return Uses.highlights(
                        view.manifest().get(),
                        view.document().path().get(),
                        view.document().text(),
                        offset)
                .stream()
                .map(
                        use ->
                                new DocumentHighlight(
                                        Convert.range(
                                                view.document().lines(),
                                                use.span(),
                                                features.encoding()),
                                        use.role().isDefinition()
                                                ? DocumentHighlightKind.Write
                                                : DocumentHighlightKind.Read))
                .toList();
    }

    /** Empty where no name stands; an error where one stands that must stay. */
    static Optional<PrepareRenameResult> prepare(
            Requests.View view, int offset, ClientFeatures features) {
        Optional<Prepared> prepared =
                rename(view)
                        .flatMap(
                                rename ->
                                        view.document()
                                                .path()
                                                .flatMap(path -> rename.prepare(path, offset)));
        prepared.flatMap(Prepared::refusal)
                .ifPresent(
                        why -> {
                            throw Requests.refused(why);
                        });
        return prepared.map(
                p -> {
                    Range range =
                            Convert.range(view.document().lines(), p.span(), features.encoding());
                    return new PrepareRenameResult(range, p.name());
                });
    }

    static Optional<WorkspaceEdit> rename(
            Requests.View view, int offset, String newName, ClientFeatures features) {
        return rename(view)
                .flatMap(
                        rename ->
                                view.document()
                                        .path()
                                        .flatMap(
                                                path ->
                                                        rename.to(
                                                                path,
                                                                offset,
                                                                newName,
                                                                Files::exists)))
                .flatMap(outcome -> WorkspaceEdits.of(outcome, view.snapshot(), features));
    }

    private static Optional<Rename> rename(Requests.View view) {
        return view.manifest().map(manifest -> rename(manifest, view.snapshot()));
    }

    private static Rename rename(Manifest manifest, Snapshot snapshot) {
        return new Rename(
                manifest, file -> Convert.text(snapshot, file), () -> beside(manifest, snapshot));
    }

    /** The names in macros, tests, analyses and the project file. Reads the disk. */
    private static List<Occurrence> beside(Manifest manifest, Snapshot snapshot) {
        Project project = manifest.project();
        String text = Convert.text(snapshot, project.file()).orElse("");
        List<Occurrence> names = new ArrayList<>();
        for (Path file : SideFiles.of(project, text)) {
            if (manifest.file(file).isEmpty() && manifest.properties(file).isEmpty()) {
                Convert.text(snapshot, file)
                        .ifPresent(t -> names.addAll(manifest.occurrencesIn(file, t)));
            }
        }
        return names;
    }

    /**
     * What follows from files that the user renames.
     *
     * @param edit empty when nothing does
     * @param refusals why names were left as they are
     */
    record FilesRenamed(Optional<WorkspaceEdit> edit, List<String> refusals) {}

    static FilesRenamed filesRenamed(
            List<FileRename> files, Snapshot snapshot, ClientFeatures features) {
        List<Rename.Edit> edits = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (FileRename file : files) {
            Optional<Path> from = Uris.path(file.getOldUri());
            Optional<Path> to = Uris.path(file.getNewUri());
            Optional<Manifest> project = from.flatMap(snapshot::projectOf);
            if (from.isPresent()
                    && to.isPresent()
                    && project.isPresent()
                    && snapshot.rootOf(from.get()).equals(snapshot.rootOf(to.get()))) {
                Rename.Outcome outcome =
                        rename(project.get(), snapshot).ofFile(from.get(), to.get());
                if (outcome instanceof Rename.Refused refused) {
                    refusals.add(
                            "The names of %s were left as they are. %s"
                                    .formatted(from.get().getFileName(), refused.why()));
                } else {
                    edits.addAll(((Rename.Changes) outcome).edits());
                }
            }
        }
        return new FilesRenamed(
                edits.isEmpty()
                        ? Optional.empty()
                        : WorkspaceEdits.of(
                                new Rename.Changes(edits, List.of()), snapshot, features),
                refusals);
    }
}
