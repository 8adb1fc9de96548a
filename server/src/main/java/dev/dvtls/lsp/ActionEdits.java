package dev.dvtls.lsp;

import dev.dvtls.assist.FileChange;
import dev.dvtls.check.Fix;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.SnippetTextEdit;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The edits of code actions, in the protocol's terms. */
record ActionEdits(Requests.View view, ClientFeatures features) {

    /** Of the document that is asked about. */
    WorkspaceEdit of(List<Fix.Edit> edits) {
        return new WorkspaceEdit(
                Map.of(view.document().uri(), edits(view.document().lines(), edits)));
    }

    /** Whether the client can make a file, where there is one to make. */
    boolean isPossible(FileChange change) {
        return !change.isNew() || features.edits().createsFiles();
    }

    WorkspaceEdit of(FileChange change) {
        String uri = Convert.uri(view.snapshot(), change.file());
        List<TextEdit> edits = edits(LineIndex.of(text(change.file()).orElse("")), change.edits());
        if (!change.isNew()) {
            return new WorkspaceEdit(Map.of(uri, edits));
        }
        List<Either<TextEdit, SnippetTextEdit>> content =
                edits.stream().map(Either::<TextEdit, SnippetTextEdit>forLeft).toList();
        List<Either<TextDocumentEdit, ResourceOperation>> steps = new ArrayList<>();
        steps.add(Either.forRight(new CreateFile(uri)));
        steps.add(
                Either.forLeft(
                        new TextDocumentEdit(
                                new VersionedTextDocumentIdentifier(uri, null), content)));
        return new WorkspaceEdit(steps);
    }

    /** As it is open, else as it is on disk. */
    Optional<String> text(Path file) {
        return Convert.text(view.snapshot(), file);
    }

    private List<TextEdit> edits(LineIndex lines, List<Fix.Edit> edits) {
        return edits.stream()
                .map(
                        e ->
                                new TextEdit(
                                        Convert.range(lines, e.span(), features.encoding()),
                                        e.newText()))
                .toList();
    }
}
