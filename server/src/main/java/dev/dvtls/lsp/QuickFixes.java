package dev.dvtls.lsp;

import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Fixes of the problems at a place, as code actions. */
final class QuickFixes {
    private QuickFixes() {}

    static List<Either<Command, CodeAction>> at(
            Requests.View view,
            Span span,
            CodeActionParams params,
            ProjectAccess access,
            ClientFeatures features) {
        List<Either<Command, CodeAction>> actions = new ArrayList<>();
        Optional<Path> path = view.document().path();
        if (path.isEmpty() || !wanted(params)) {
            return actions;
        }
        for (Problem problem :
                Findings.problems(view.snapshot(), path.get(), view.document().text(), access)) {
            boolean here =
                    problem.span().touches(span.start())
                            || problem.span().touches(span.end())
                            || span.touches(problem.span().start());
            if (!here || problem.fixes().isEmpty()) {
                continue;
            }
            Diagnostic diagnostic =
                    Convert.diagnostic(view.snapshot(), view.document().lines(), problem, features);
            boolean only = problem.fixes().size() == 1;
            for (Fix fix : problem.fixes()) {
                actions.add(Either.forRight(action(view, fix, diagnostic, only, features)));
            }
        }
        return actions;
    }

    private static boolean wanted(CodeActionParams params) {
        List<String> only = params.getContext().getOnly();
        return only == null
                || only.isEmpty()
                || only.stream().anyMatch(CodeActionKind.QuickFix::startsWith);
    }

    private static CodeAction action(
            Requests.View view,
            Fix fix,
            Diagnostic diagnostic,
            boolean preferred,
            ClientFeatures features) {
        List<TextEdit> edits = new ArrayList<>();
        for (Fix.Edit edit : fix.edits()) {
            edits.add(
                    new TextEdit(
                            Convert.range(
                                    view.document().lines(), edit.span(), features.encoding()),
                            edit.newText()));
        }
        CodeAction action = new CodeAction(fix.title());
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic));
        action.setIsPreferred(preferred);
        action.setEdit(new WorkspaceEdit(Map.of(view.document().uri(), edits)));
        return action;
    }
}
