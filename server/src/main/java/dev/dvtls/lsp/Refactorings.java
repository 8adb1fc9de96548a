package dev.dvtls.lsp;

import dev.dvtls.assist.DocumentedModel;
import dev.dvtls.assist.SqlConstant;
import dev.dvtls.assist.UniqueKey;
import dev.dvtls.check.Fix;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.WorkspaceEdit;

/** What can be done at a place where nothing is wrong, as code actions. */
final class Refactorings {
    private final Requests.View view;
    private final Span selection;
    private final CodeActionParams params;
    private final ActionEdits edits;
    private final List<CodeAction> actions = new ArrayList<>();

    private Refactorings(
            Requests.View view, Span selection, CodeActionParams params, ClientFeatures features) {
        this.view = view;
        this.selection = selection;
        this.params = params;
        this.edits = new ActionEdits(view, features);
    }

    static List<CodeAction> at(
            Requests.View view,
            Span selection,
            CodeActionParams params,
            KnownColumns known,
            ClientFeatures features) {
        Optional<ModelFile> file =
                view.document().path().flatMap(path -> view.manifest().flatMap(m -> m.file(path)));
        Refactorings found = new Refactorings(view, selection, params, features);
        file.ifPresent(f -> found.of(view.manifest().orElseThrow(), f, known));
        return found.actions;
    }

    private void of(Manifest manifest, ModelFile file, KnownColumns known) {
        if (QuickFixes.wants(params, CodeActionKind.RefactorExtract)) {
            SqlConstant.of(file, selection)
                    .ifPresent(fix -> add(CodeActionKind.RefactorExtract, fix));
        }
        if (QuickFixes.wants(params, CodeActionKind.RefactorRewrite)) {
            UniqueKey.of(manifest, known, file, selection)
                    .ifPresent(fix -> add(CodeActionKind.RefactorRewrite, fix));
            if (isAskedFor() || isAtHead(file)) {
                DocumentedModel.of(manifest, known, file, edits::text)
                        .filter(edits::isPossible)
                        .ifPresent(
                                change ->
                                        add(
                                                CodeActionKind.RefactorRewrite,
                                                change.title(),
                                                edits.of(change)));
            }
        }
    }

    /** A menu of refactorings, not the light at the cursor. */
    private boolean isAskedFor() {
        List<String> only = params.getContext().getOnly();
        return only != null && !only.isEmpty();
    }

    /** On the line of {@code def model}; of SQL, on the first one. */
    private boolean isAtHead(ModelFile file) {
        LineIndex lines = view.document().lines();
        int line = lines.line(selection.start());
        return file.python()
                .map(
                        python ->
                                python.models().stream()
                                        .anyMatch(m -> lines.line(m.name().start()) == line))
                .orElse(line == 0);
    }

    private void add(String kind, Fix fix) {
        add(kind, fix.title(), edits.of(fix.edits()));
    }

    private void add(String kind, String title, WorkspaceEdit edit) {
        CodeAction action = new CodeAction(title);
        action.setKind(kind);
        action.setEdit(edit);
        actions.add(action);
    }
}
