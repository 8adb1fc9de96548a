package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.MissingModel;
import dev.dvtls.assist.MissingPackage;
import dev.dvtls.assist.MissingSource;
import dev.dvtls.assist.Silence;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.SureFixes;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.WorkspaceEdit;

/** What can be done about the problems at a place, or in a whole file, as code actions. */
final class QuickFixes {
    static final String FIX_ALL = CodeActionKind.SourceFixAll + ".dvt";

    private final Requests.View view;
    private final Path path;
    private final ProjectAccess access;
    private final ClientFeatures features;
    private final ActionEdits edits;
    private final List<Problem> problems;

    private QuickFixes(
            Requests.View view, Path path, ProjectAccess access, ClientFeatures features) {
        this.view = view;
        this.path = path;
        this.access = access;
        this.features = features;
        this.edits = new ActionEdits(view, features);
        this.problems = Findings.problems(view.snapshot(), path, view.document().text(), access);
    }

    static List<CodeAction> at(
            Requests.View view,
            Span span,
            CodeActionParams params,
            ProjectAccess access,
            ClientFeatures features) {
        List<CodeAction> actions = new ArrayList<>();
        boolean quick = wants(params, CodeActionKind.QuickFix);
        boolean all = wants(params, FIX_ALL);
        if (view.document().path().isPresent() && (quick || all)) {
            QuickFixes fixes = new QuickFixes(view, view.document().path().get(), access, features);
            if (quick) {
                fixes.problems.stream()
                        .filter(p -> isAt(p, span))
                        .forEach(p -> fixes.add(p, actions));
            }
            if (all) {
                fixes.all().ifPresent(actions::add);
            }
        }
        return actions;
    }

    /** Kinds are a tree: who asks for {@code source} takes {@code source.fixAll.dvt}. */
    static boolean wants(CodeActionParams params, String kind) {
        List<String> only = params.getContext().getOnly();
        return only == null
                || only.isEmpty()
                || only.stream()
                        .anyMatch(o -> o.isEmpty() || kind.equals(o) || kind.startsWith(o + "."));
    }

    private static boolean isAt(Problem problem, Span span) {
        return problem.span().touches(span.start())
                || problem.span().touches(span.end())
                || span.touches(problem.span().start());
    }

    private void add(Problem problem, List<CodeAction> actions) {
        Diagnostic diagnostic =
                Convert.diagnostic(view.snapshot(), view.document().lines(), problem, features);
        boolean only = problem.fixes().size() == 1;
        for (Fix fix : problem.fixes()) {
            actions.add(quickFix(fix.title(), diagnostic, only, edits.of(fix.edits())));
        }
        if (features.commands()) {
            MissingPackage.of(problem).ifPresent(name -> actions.add(install(name, diagnostic)));
        }
        Optional<Manifest> manifest = view.manifest();
        Optional<ModelFile> file = manifest.flatMap(m -> m.file(path));
        if (file.isEmpty() || isOfRun(problem)) {
            return;
        }
        Stream.of(
                        MissingModel.of(manifest.get(), file.get(), problem),
                        MissingModel.seed(manifest.get(), file.get(), problem),
                        MissingSource.of(manifest.get(), file.get(), problem, edits::text))
                .flatMap(Optional::stream)
                .filter(edits::isPossible)
                .forEach(
                        change ->
                                actions.add(
                                        quickFix(
                                                change.title(),
                                                diagnostic,
                                                false,
                                                edits.of(change))));
        Silence.of(file.get(), problem, this::check)
                .ifPresent(
                        fix ->
                                actions.add(
                                        quickFix(
                                                fix.title(),
                                                diagnostic,
                                                false,
                                                edits.of(fix.edits()))));
    }

    /** What a run left is no rule's, and no comment silences it. */
    private boolean isOfRun(Problem problem) {
        return view.snapshot().runProblems().getOrDefault(path, List.of()).contains(problem);
    }

    private Optional<CodeAction> all() {
        if (view.manifest().isEmpty()
                || problems.stream().flatMap(p -> p.fixes().stream()).noneMatch(Fix::sure)) {
            return Optional.empty();
        }
        String before = view.document().text();
        SureFixes.Result result = SureFixes.of(before, this::check, p -> true);
        if (result.mended().isEmpty()) {
            return Optional.empty();
        }
        CodeAction action = new CodeAction("Fix all that is sure in this file");
        action.setKind(FIX_ALL);
        action.setEdit(edits.of(List.of(changed(before, result.text()))));
        return Optional.of(action);
    }

    /** One edit, of the lines that differ. */
    private static Fix.Edit changed(String before, String after) {
        int most = Math.min(before.length(), after.length());
        int start = 0;
        while (start < most && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        start = before.lastIndexOf('\n', start - 1) + 1;
        int same = 0;
        while (same < most - start
                && before.charAt(before.length() - 1 - same)
                        == after.charAt(after.length() - 1 - same)) {
            same++;
        }
        int line = before.indexOf('\n', before.length() - same);
        int rest = line < 0 ? 0 : before.length() - line - 1;
        return new Fix.Edit(
                new Span(start, before.length() - rest),
                after.substring(start, after.length() - rest));
    }

    private List<Problem> check(String text) {
        return view.manifest()
                .map(m -> access.check(access.withFile(m, path, text), path, text))
                .orElse(List.of());
    }

    /** Done by the server, when the user takes it. */
    private CodeAction install(String name, Diagnostic diagnostic) {
        CodeAction action = new CodeAction("Install " + name);
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic));
        JsonObject arguments = new JsonObject();
        arguments.addProperty("uri", view.document().uri());
        arguments.addProperty("package", name);
        action.setCommand(new Command("Install " + name, Commands.INSTALL, List.of(arguments)));
        return action;
    }

    private static CodeAction quickFix(
            String title, Diagnostic diagnostic, boolean preferred, WorkspaceEdit edit) {
        CodeAction action = new CodeAction(title);
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic));
        action.setIsPreferred(preferred);
        action.setEdit(edit);
        return action;
    }
}
