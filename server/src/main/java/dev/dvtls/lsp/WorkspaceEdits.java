package dev.dvtls.lsp;

import dev.dvtls.assist.Rename;
import dev.dvtls.assist.Rename.Changes;
import dev.dvtls.assist.Rename.Edit;
import dev.dvtls.assist.Rename.Move;
import dev.dvtls.assist.Rename.Why;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.AnnotatedTextEdit;
import org.eclipse.lsp4j.ChangeAnnotation;
import org.eclipse.lsp4j.RenameFile;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.SnippetTextEdit;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** A rename as one edit of the workspace, in the shape that the client takes. */
final class WorkspaceEdits {
    private final Snapshot snapshot;
    private final ClientFeatures features;
    private final Set<Why> used = EnumSet.noneOf(Why.class);

    private WorkspaceEdits(Snapshot snapshot, ClientFeatures features) {
        this.snapshot = snapshot;
        this.features = features;
    }

    /** Fails with a sentence where the client cannot do it, or a file is not as it was read. */
    private static WorkspaceEdit edit(Changes changes, Snapshot snapshot, ClientFeatures features) {
        return new WorkspaceEdits(snapshot, features).edit(changes);
    }

    private WorkspaceEdit edit(Changes changes) {
        boolean ordered = features.edits().versioned();
        if (!changes.moves().isEmpty() && !(ordered && features.edits().renamesFiles())) {
            Move move = changes.moves().get(0);
            throw Requests.refused(
                    ("This editor does not rename files when a language server asks it to,"
                                    + " and %s would have to become %s.")
                            .formatted(move.from().getFileName(), move.to().getFileName()));
        }
        Map<Path, List<Edit>> byFile = new LinkedHashMap<>();
        changes.edits()
                .forEach(e -> byFile.computeIfAbsent(e.file(), f -> new ArrayList<>()).add(e));
        WorkspaceEdit edit = new WorkspaceEdit();
        if (ordered) {
            edit.setDocumentChanges(documentChanges(byFile, changes.moves()));
            if (features.edits().annotations() && !used.isEmpty()) {
                Map<String, ChangeAnnotation> annotations = new LinkedHashMap<>();
                used.forEach(why -> annotations.put(why.name(), annotation(why)));
                edit.setChangeAnnotations(annotations);
            }
        } else {
            Map<String, List<TextEdit>> all = new LinkedHashMap<>();
            byFile.forEach((file, edits) -> all.put(uri(file), textEdits(file, edits)));
            edit.setChanges(all);
        }
        return edit;
    }

    private List<Either<TextDocumentEdit, ResourceOperation>> documentChanges(
            Map<Path, List<Edit>> byFile, List<Move> moves) {
        List<Either<TextDocumentEdit, ResourceOperation>> all = new ArrayList<>();
        byFile.forEach(
                (file, edits) -> {
                    VersionedTextDocumentIdentifier document =
                            new VersionedTextDocumentIdentifier(
                                    uri(file),
                                    snapshot.document(file).map(Document::version).orElse(null));
                    List<Either<TextEdit, SnippetTextEdit>> texts = new ArrayList<>();
                    textEdits(file, edits).forEach(e -> texts.add(Either.forLeft(e)));
                    all.add(Either.forLeft(new TextDocumentEdit(document, texts)));
                });
        for (Move move : moves) {
            // In the client's own spelling of the URI.
            String from = uri(move.from());
            String folder = from.substring(0, from.lastIndexOf('/') + 1);
            String name = Uris.of(move.to());
            String to = folder + name.substring(name.lastIndexOf('/') + 1);
            all.add(Either.forRight(new RenameFile(from, to)));
        }
        return all;
    }

    private List<TextEdit> textEdits(Path file, List<Edit> edits) {
        String text =
                Convert.text(snapshot, file)
                        .orElseThrow(() -> Requests.refused(file + " cannot be read any more."));
        LineIndex lines = LineIndex.of(text);
        List<TextEdit> texts = new ArrayList<>();
        for (Edit edit : edits) {
            Span span = edit.span();
            boolean there =
                    span.end() <= text.length() && span.of(text).equalsIgnoreCase(edit.before());
            if (!there) {
                throw Requests.refused(
                        file + " changed on disk after it was read: open it, then rename again.");
            }
            org.eclipse.lsp4j.Range range = Convert.range(lines, span, features.encoding());
            boolean annotated = features.edits().versioned() && features.edits().annotations();
            texts.add(
                    annotated
                            ? new AnnotatedTextEdit(range, edit.after(), edit.why().name())
                            : new TextEdit(range, edit.after()));
            used.add(edit.why());
        }
        return texts;
    }

    private static ChangeAnnotation annotation(Why why) {
        ChangeAnnotation annotation =
                new ChangeAnnotation(
                        switch (why) {
                            case NAME -> "References and entries";
                            case LITERAL -> "Texts that references take their name from";
                            case SQL_STRING -> "Names in SQL strings";
                            case PROJECT -> "Config in the project file";
                            case KEPT -> "The relation that is read stays the same";
                        });
        annotation.setNeedsConfirmation(why == Why.SQL_STRING || why == Why.LITERAL);
        return annotation;
    }

    private String uri(Path file) {
        return Convert.uri(snapshot, file);
    }

    /** The edit of a rename, or its refusal as an error. */
    static Optional<WorkspaceEdit> of(
            Rename.Outcome outcome, Snapshot snapshot, ClientFeatures features) {
        if (outcome instanceof Rename.Refused refused) {
            throw Requests.refused(refused.why());
        }
        Changes changes = (Changes) outcome;
        return changes.edits().isEmpty() && changes.moves().isEmpty()
                ? Optional.empty()
                : Optional.of(edit(changes, snapshot, features));
    }
}
