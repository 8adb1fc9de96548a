package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.FileRename;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.RenameFilesParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersChangeEvent;

/** An editor over a workspace: does steps, and knows what its user sees. */
final class ReplayEditor implements AutoCloseable {
    private static final int REMEMBERED = 20;

    final ReplayDisk disk;
    private final Encoding encoding;
    private final boolean pulls;
    private final ReplayServers servers;
    private final TestServer lsp;
    private final Map<String, Open> open = new TreeMap<>();

    /** The same files, the one that was opened or changed last at the end. */
    private final Set<String> touched = new LinkedHashSet<>();

    private List<String> folders;

    /** What the user sees, by file; and the ids of what was pulled. */
    private final Map<String, List<Diagnostic>> shown = new HashMap<>();

    private final Map<String, String> resultIds = new HashMap<>();
    private final Set<String> toPull = new HashSet<>();

    private record Open(String text, int version, Deque<String> before) {}

    ReplayEditor(
            ReplayDisk disk,
            List<String> folders,
            Encoding encoding,
            boolean pulls,
            ReplayServers servers)
            throws Exception {
        this.disk = disk;
        this.folders = folders;
        this.encoding = encoding;
        this.pulls = pulls;
        this.servers = servers;
        this.lsp = servers.start(disk, folders, encoding, pulls);
    }

    Map<String, String> openTexts() {
        Map<String, String> texts = new TreeMap<>();
        open.forEach((file, document) -> texts.put(file, document.text()));
        return texts;
    }

    List<String> folders() {
        return folders;
    }

    /** Does the step; the differences, where it is a comparison. */
    List<String> apply(ReplayStep step) throws Exception {
        if (step instanceof ReplayStep.Compare compare) {
            return compare(compare.places());
        } else if (step instanceof ReplayStep.Open o && !open.containsKey(o.file())) {
            if (disk.isFile(o.file())) {
                open(o.file(), disk.read(o.file()));
            }
        } else if (step instanceof ReplayStep.Close c && open.containsKey(c.file())) {
            close(c.file());
        } else if (step instanceof ReplayStep.Save s && open.containsKey(s.file())) {
            disk.write(s.file(), document(s.file()).text());
            lsp.server
                    .getTextDocumentService()
                    .didSave(new DidSaveTextDocumentParams(id(s.file())));
        } else if (step instanceof ReplayStep.Type t && open.containsKey(t.file())) {
            type(t.file(), t.changes());
        } else if (step instanceof ReplayStep.Undo u && open.containsKey(u.file())) {
            undo(u.file());
        } else if (step instanceof ReplayStep.Write w) {
            disk.write(w.file(), w.text());
        } else if (step instanceof ReplayStep.Delete d) {
            disk.delete(d.place(), d.each());
        } else if (step instanceof ReplayStep.Move m) {
            disk.move(m.from(), m.to(), m.each());
        } else if (step instanceof ReplayStep.Rename r && !open.containsKey(r.to())) {
            rename(r.from(), r.to());
        } else if (step instanceof ReplayStep.Folders f) {
            folders(f.now());
        } else if (step instanceof ReplayStep.Tell t) {
            tell(disk.take(t.order(), t.most()));
        }
        return List.of();
    }

    private Open document(String file) {
        return Objects.requireNonNull(open.get(file));
    }

    private TextDocumentIdentifier id(String file) {
        return new TextDocumentIdentifier(lsp.uri(file));
    }

    private void open(String file, String text) {
        open.put(file, new Open(text, 1, new ArrayDeque<>()));
        touch(file);
        open(lsp, file, text);
        toPull.add(file);
    }

    private void touch(String file) {
        touched.remove(file);
        touched.add(file);
    }

    private static void open(TestServer server, String file, String text) {
        server.server
                .getTextDocumentService()
                .didOpen(
                        new DidOpenTextDocumentParams(
                                new TextDocumentItem(server.uri(file), "any", 1, text)));
    }

    private void close(String file) {
        open.remove(file);
        touched.remove(file);
        toPull.remove(file);
        if (pulls) {
            shown.remove(file);
            resultIds.remove(file);
        }
        lsp.server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(id(file)));
    }

    private void type(String file, List<ReplayStep.Change> changes) {
        Open document = document(file);
        String text = document.text();
        List<TextDocumentContentChangeEvent> events = new ArrayList<>();
        for (ReplayStep.Change change : changes) {
            int start = between(text, change.start());
            int end = Math.max(start, between(text, change.end()));
            LineIndex lines = LineIndex.of(text);
            Range range = new Range(position(lines, start), position(lines, end));
            events.add(new TextDocumentContentChangeEvent(range, change.text()));
            text = text.substring(0, start) + change.text() + text.substring(end);
        }
        document.before().addLast(document.text());
        if (document.before().size() > REMEMBERED) {
            document.before().removeFirst();
        }
        change(file, text, events);
    }

    private void undo(String file) {
        Open document = document(file);
        String before = document.before().pollLast();
        if (before != null) {
            change(file, before, List.of(new TextDocumentContentChangeEvent(before)));
        }
    }

    private void change(String file, String text, List<TextDocumentContentChangeEvent> events) {
        Open document = document(file);
        int version = document.version() + 1;
        open.put(file, new Open(text, version, document.before()));
        touch(file);
        lsp.server
                .getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(
                                new VersionedTextDocumentIdentifier(lsp.uri(file), version),
                                events));
        toPull.add(file);
    }

    /** An offset as an editor can have it: not inside of a character or a line's end. */
    private static int between(String text, int offset) {
        int at = Math.min(offset, text.length());
        boolean inside =
                at > 0
                        && at < text.length()
                        && (Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at))
                                || text.startsWith("\r\n", at - 1));
        return inside ? at - 1 : at;
    }

    private Position position(LineIndex lines, int offset) {
        LineIndex.Position at = lines.position(offset, encoding);
        return new Position(at.line(), at.column());
    }

    private void rename(String from, String to) {
        Optional<Open> document = Optional.ofNullable(open.get(from));
        if (!disk.isFile(from) || !disk.move(from, to, true)) {
            return;
        }
        document.ifPresent(
                moved -> {
                    close(from);
                    open(to, moved.text());
                });
        lsp.server
                .getWorkspaceService()
                .didRenameFiles(
                        new RenameFilesParams(List.of(new FileRename(lsp.uri(from), lsp.uri(to)))));
    }

    private void folders(List<String> now) {
        List<String> before = folders;
        folders = now;
        lsp.server
                .getWorkspaceService()
                .didChangeWorkspaceFolders(
                        new DidChangeWorkspaceFoldersParams(
                                new WorkspaceFoldersChangeEvent(
                                        names(now, before), names(before, now))));
    }

    private List<WorkspaceFolder> names(List<String> some, List<String> without) {
        return some.stream()
                .filter(folder -> !without.contains(folder))
                .map(folder -> new WorkspaceFolder(lsp.uri(folder), folder))
                .toList();
    }

    private void tell(List<FileEvent> events) {
        if (!events.isEmpty()) {
            lsp.server
                    .getWorkspaceService()
                    .didChangeWatchedFiles(new DidChangeWatchedFilesParams(events));
        }
    }

    private List<String> compare(long places) throws Exception {
        tell(disk.take(places, Integer.MAX_VALUE));
        List<ReplayAnswers.Place> asked = new ArrayList<>();
        Random choice = new Random(places);
        open.forEach(
                (file, document) ->
                        asked.addAll(
                                ReplayAnswers.places(
                                        lsp.uri(file), document.text(), encoding, choice)));
        Map<String, String> wanted = new TreeMap<>();
        try (TestServer fresh = servers.start(disk, folders, encoding, true)) {
            touched.forEach(file -> open(fresh, file, document(file).text()));
            Map<String, List<Diagnostic>> right = new TreeMap<>();
            open.keySet().forEach(file -> right.put(file, pull(fresh, file, "").orElseThrow()));
            wanted.putAll(said(fresh, right, asked));
        }
        long end = System.nanoTime() + servers.patience().toNanos();
        while (true) {
            see();
            Map<String, String> is = said(lsp, shown, asked);
            // Lenses stay where they stood while a text is broken; a fresh server has none.
            wanted.forEach(
                    (question, answer) -> {
                        if (question.startsWith("lenses ") && answer.equals("[]")) {
                            is.put(question, answer);
                        }
                    });
            if (is.equals(wanted)) {
                return List.of();
            }
            if (System.nanoTime() > end) {
                return differences(wanted, is);
            }
        }
    }

    private Map<String, String> said(
            TestServer server,
            Map<String, List<Diagnostic>> diagnostics,
            List<ReplayAnswers.Place> places) {
        Map<String, String> all = new TreeMap<>(ReplayAnswers.ofProjects(server, pulls));
        diagnostics.forEach(
                (file, list) -> {
                    if (!list.isEmpty()) {
                        all.put("shown " + file, list.toString());
                    }
                });
        Map<String, List<Diagnostic>> ofOpen = new TreeMap<>();
        open.keySet()
                .forEach(
                        file ->
                                ofOpen.put(
                                        server.uri(file),
                                        diagnostics.getOrDefault(file, List.of())));
        all.putAll(ReplayAnswers.ofDocuments(server, ofOpen, places));
        return all;
    }

    /** What came, is seen; of a document only what is as new as that which was seen before. */
    private void see() {
        if (pulls) {
            if (!lsp.client.takeAll(TestClient.Refresh.class, aLittle(toPull)).isEmpty()) {
                toPull.addAll(open.keySet());
            }
            for (String file : toPull) {
                pull(lsp, file, resultIds.getOrDefault(file, ""))
                        .ifPresent(diagnostics -> shown.put(file, diagnostics));
            }
            toPull.clear();
            return;
        }
        for (PublishDiagnosticsParams published :
                lsp.client.takeAll(PublishDiagnosticsParams.class, Duration.ofMillis(20))) {
            String file = disk.relative(Uris.path(published.getUri()).orElseThrow());
            if (published.getVersion() != null && open.containsKey(file)) {
                assertThat(published.getVersion()).isLessThanOrEqualTo(document(file).version());
            }
            shown.put(file, published.getDiagnostics());
        }
    }

    private static Duration aLittle(Set<String> toPull) {
        return toPull.isEmpty() ? Duration.ofMillis(20) : Duration.ZERO;
    }

    /** Empty when they are as they were. */
    private Optional<List<Diagnostic>> pull(TestServer server, String file, String resultId) {
        DocumentDiagnosticParams params =
                new DocumentDiagnosticParams(new TextDocumentIdentifier(server.uri(file)));
        params.setPreviousResultId(resultId);
        DocumentDiagnosticReport report =
                TestServer.get(server.server.getTextDocumentService().diagnostic(params));
        if (report.isRight()) {
            return Optional.empty();
        }
        if (server == lsp) {
            resultIds.put(file, report.getLeft().getResultId());
        }
        return Optional.of(report.getLeft().getItems());
    }

    private static List<String> differences(Map<String, String> wanted, Map<String, String> is) {
        Set<String> questions = new java.util.TreeSet<>(wanted.keySet());
        questions.addAll(is.keySet());
        List<String> all = new ArrayList<>();
        for (String question : questions) {
            String fresh = wanted.getOrDefault(question, "nothing");
            String now = is.getOrDefault(question, "nothing");
            if (!fresh.equals(now)) {
                all.add(
                        question
                                + "\n  fresh: "
                                + without(fresh, now)
                                + "\n  now:   "
                                + without(now, fresh));
            }
        }
        return all;
    }

    /** The lines of an answer that another does not have. */
    private static String without(String text, String other) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        other.lines().forEach(lines::remove);
        return String.join("\n         ", lines.subList(0, Math.min(20, lines.size())));
    }

    @Override
    public void close() throws java.io.IOException {
        lsp.close();
    }
}
