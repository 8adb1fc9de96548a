package dev.dvtls.lsp;

import dev.dvtls.text.LineIndex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceDiagnosticParams;
import org.eclipse.lsp4j.WorkspaceDiagnosticReport;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.services.TextDocumentService;

/** Everything that a server says of a workspace, by question; for comparing two servers. */
final class ReplayAnswers {
    /** Where something may be answered: names in quotes, calls, keys, Jinja. */
    private static final Pattern NAMES =
            Pattern.compile(
                    "(?:ref|source|var)\\(\\s*[\"'](\\w*)|__(\\w*)|name:\\s*(\\w*)|dbt\\.(\\w*)");

    private static final int PLACES = 4;

    /** A place in an open document, and the range of all of it. */
    record Place(String uri, Position position) {}

    private final TestServer server;
    private final Map<String, CompletableFuture<?>> asked = new TreeMap<>();

    private ReplayAnswers(TestServer server) {
        this.server = server;
    }

    /** Places to ask about in a document. */
    static List<Place> places(String uri, String text, LineIndex.Encoding encoding, Random choice) {
        List<Integer> candidates = new ArrayList<>();
        Matcher names = NAMES.matcher(text);
        while (names.find()) {
            candidates.add(names.end());
        }
        Set<Integer> offsets = new LinkedHashSet<>();
        for (int i = 0; i < PLACES; i++) {
            offsets.add(
                    candidates.isEmpty() || choice.nextInt(PLACES) == 0
                            ? choice.nextInt(text.length() + 1)
                            : candidates.get(choice.nextInt(candidates.size())));
        }
        LineIndex lines = LineIndex.of(text);
        List<Place> places = new ArrayList<>();
        for (int offset : offsets) {
            LineIndex.Position at = lines.position(offset, encoding);
            places.add(new Place(uri, new Position(at.line(), at.column())));
        }
        return places;
    }

    /**
     * The problems of every file of every project, and the projects themselves.
     *
     * @param pulls the client asks for problems of files that are not open
     */
    static Map<String, String> ofProjects(TestServer server, boolean pulls) {
        ReplayAnswers answers = new ReplayAnswers(server);
        answers.ask("projects", server.server.projects(new com.google.gson.JsonObject()));
        answers.ask(
                "check",
                server.server
                        .getWorkspaceService()
                        .executeCommand(new ExecuteCommandParams("dvt.check", List.of())));
        if (pulls) {
            answers.ask(
                    "problems",
                    server.server
                            .getWorkspaceService()
                            .diagnostic(new WorkspaceDiagnosticParams(List.of()))
                            .thenApply(ReplayAnswers::problems));
        }
        answers.ask(
                "workspace symbols",
                server.server.getWorkspaceService().symbol(new WorkspaceSymbolParams("e")));
        return answers.taken();
    }

    /** Without ids and versions, which are each server's own; files without problems count not. */
    private static String problems(WorkspaceDiagnosticReport report) {
        return report.getItems().stream()
                .map(item -> item.getWorkspaceFullDocumentDiagnosticReport())
                .filter(full -> !full.getItems().isEmpty())
                .map(full -> full.getUri() + " " + full.getItems())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /**
     * @param shown the diagnostics of each open document, for its code actions
     */
    static Map<String, String> ofDocuments(
            TestServer server, Map<String, List<Diagnostic>> shown, List<Place> places) {
        ReplayAnswers answers = new ReplayAnswers(server);
        shown.forEach(answers::askAbout);
        places.forEach(answers::askAt);
        return answers.taken();
    }

    private void askAbout(String uri, List<Diagnostic> shown) {
        TextDocumentService documents = server.server.getTextDocumentService();
        TextDocumentIdentifier id = new TextDocumentIdentifier(uri);
        Range all = new Range(new Position(0, 0), new Position(1_000_000, 0));
        ask("symbols " + uri, documents.documentSymbol(new DocumentSymbolParams(id)));
        ask("folds " + uri, documents.foldingRange(new FoldingRangeRequestParams(id)));
        ask("links " + uri, documents.documentLink(new DocumentLinkParams(id)));
        ask("lenses " + uri, documents.codeLens(new CodeLensParams(id)));
        ask("hints " + uri, documents.inlayHint(new InlayHintParams(id, all)));
        ask(
                "tokens " + uri,
                documents
                        .semanticTokensFull(new SemanticTokensParams(id))
                        .thenApply(tokens -> tokens.getData()));
        ask(
                "actions " + uri,
                documents.codeAction(new CodeActionParams(id, all, new CodeActionContext(shown))));
    }

    private void askAt(Place place) {
        TextDocumentService documents = server.server.getTextDocumentService();
        TextDocumentIdentifier id = new TextDocumentIdentifier(place.uri());
        Position at = place.position();
        String where = " " + place.uri() + " " + at.getLine() + ":" + at.getCharacter();
        ask("completion" + where, documents.completion(new CompletionParams(id, at)));
        ask("definition" + where, documents.definition(new DefinitionParams(id, at)));
        ask("hover" + where, documents.hover(new HoverParams(id, at)));
        ask("signature" + where, documents.signatureHelp(new SignatureHelpParams(id, at)));
        ask("highlights" + where, documents.documentHighlight(new DocumentHighlightParams(id, at)));
        ask(
                "references" + where,
                documents.references(new ReferenceParams(id, at, new ReferenceContext(true))));
        ask("rename" + where, documents.rename(new RenameParams(id, at, "renamed_here")));
    }

    private void ask(String question, CompletableFuture<?> answer) {
        asked.put(question, answer);
    }

    private Map<String, String> taken() {
        Map<String, String> all = new TreeMap<>();
        asked.forEach((question, answer) -> all.put(question, text(answer)));
        all.computeIfPresent("check", (question, found) -> found.replace("{file=", "\n{file="));
        return all;
    }

    /** A refusal is an answer too. */
    private static String text(CompletableFuture<?> answer) {
        try {
            return String.valueOf(answer.get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }
}
