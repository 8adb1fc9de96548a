package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.dvtls.run.Engine;
import dev.dvtls.run.env.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionCapabilities;
import org.eclipse.lsp4j.CodeActionKindCapabilities;
import org.eclipse.lsp4j.CodeActionLiteralSupportCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.DiagnosticCapabilities;
import org.eclipse.lsp4j.DiagnosticWorkspaceCapabilities;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesCapabilities;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsCapabilities;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * A real server over pipes, with LSP4J's client side. Closing it fails the test when the server
 * sent what the test did not take.
 */
final class TestServer implements AutoCloseable {
    final Path root;
    final TestClient client = new TestClient();
    final PipedServer.Remote server;
    final InitializeResult initialized;
    private final Map<Path, Integer> versions = new HashMap<>();
    private final PipedServer piped;
    private boolean lenient;

    /** What a test wants of the client; plain push is the default. */
    static final class Builder {
        private final Path root;
        private final ClientCapabilities capabilities = new ClientCapabilities();
        private final List<Path> folders = new ArrayList<>();
        private ProjectAccess access = OneRule.projects();
        private Engine engine =
                (request, events, cancellation) -> {
                    throw new Engine.RunRefused("no engine in this test");
                };
        private Machine machine = Machine.here();
        private Path docsPage = Path.of("docs-site that is not built");
        private Object options = new JsonObject();
        private java.util.Optional<Integer> processId = java.util.Optional.empty();

        Builder(Path root) {
            this.root = root;
            folders.add(root);
            capabilities.setTextDocument(new TextDocumentClientCapabilities());
            capabilities.setWorkspace(new WorkspaceClientCapabilities());
            capabilities.setGeneral(new GeneralClientCapabilities());
            PublishDiagnosticsCapabilities publish = new PublishDiagnosticsCapabilities();
            publish.setRelatedInformation(true);
            capabilities.getTextDocument().setPublishDiagnostics(publish);
            capabilities
                    .getTextDocument()
                    .setCodeAction(
                            new CodeActionCapabilities(
                                    new CodeActionLiteralSupportCapabilities(
                                            new CodeActionKindCapabilities(List.of("quickfix"))),
                                    false));
        }

        Builder file(String path, String text) {
            write(root.resolve(path), text);
            return this;
        }

        Builder project() {
            return file("dbt_project.yml", "name: p\nprofile: p\n");
        }

        Builder access(ProjectAccess now) {
            access = now;
            return this;
        }

        Builder engine(Engine now) {
            engine = now;
            return this;
        }

        Builder machine(Machine now) {
            machine = now;
            return this;
        }

        Builder docsPage(Path now) {
            docsPage = now;
            return this;
        }

        Builder options(Object now) {
            options = now;
            return this;
        }

        Builder processId(int now) {
            processId = java.util.Optional.of(now);
            return this;
        }

        Builder folders(Path... now) {
            folders.clear();
            folders.addAll(List.of(now));
            return this;
        }

        Builder pull() {
            return client(
                    c -> {
                        c.getTextDocument().setDiagnostic(new DiagnosticCapabilities());
                        c.getWorkspace().setDiagnostics(new DiagnosticWorkspaceCapabilities(true));
                    });
        }

        Builder progress() {
            return client(
                    c -> {
                        WindowClientCapabilities window = new WindowClientCapabilities();
                        window.setWorkDoneProgress(true);
                        c.setWindow(window);
                    });
        }

        Builder watching() {
            return client(
                    c ->
                            c.getWorkspace()
                                    .setDidChangeWatchedFiles(
                                            new DidChangeWatchedFilesCapabilities(true)));
        }

        Builder configuration() {
            return client(c -> c.getWorkspace().setConfiguration(true));
        }

        Builder encodings(String... names) {
            return client(c -> c.getGeneral().setPositionEncodings(List.of(names)));
        }

        Builder insertReplace() {
            return client(
                    c -> {
                        CompletionItemCapabilities item = new CompletionItemCapabilities();
                        item.setInsertReplaceSupport(true);
                        c.getTextDocument().setCompletion(new CompletionCapabilities(item));
                    });
        }

        Builder client(Consumer<ClientCapabilities> change) {
            change.accept(capabilities);
            return this;
        }

        TestServer start() throws Exception {
            return new TestServer(this);
        }
    }

    static Builder in(Path root) {
        return new Builder(root);
    }

    private TestServer(Builder builder) throws Exception {
        root = builder.root;
        piped =
                PipedServer.start(
                        builder.access, builder.engine, builder.machine, builder.docsPage, client);
        server = piped.remote();
        InitializeParams params = new InitializeParams();
        params.setCapabilities(builder.capabilities);
        params.setWorkspaceFolders(
                builder.folders.stream()
                        .map(f -> new WorkspaceFolder(Uris.of(f), f.getFileName().toString()))
                        .toList());
        params.setInitializationOptions(builder.options);
        builder.processId.ifPresent(params::setProcessId);
        initialized = get(server.initialize(params));
        server.initialized(new InitializedParams());
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        }
    }

    /** An answer that is plain JSON, as text. */
    static String json(CompletableFuture<Object> future) {
        return new com.google.gson.GsonBuilder()
                .disableHtmlEscaping()
                .create()
                .toJson(get(future))
                .replaceAll("\\.0(?=[,}\\]])", ""); // the client reads every number as a double
    }

    /**
     * @param arguments an object in JSON
     */
    CompletableFuture<Object> command(String name, String arguments) {
        return server.getWorkspaceService()
                .executeCommand(
                        new ExecuteCommandParams(name, List.of(JsonParser.parseString(arguments))));
    }

    /** The answer of a command. */
    JsonObject execute(String name, String arguments) {
        return JsonParser.parseString(json(command(name, arguments))).getAsJsonObject();
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    String uri(String relative) {
        return Uris.of(path(relative));
    }

    TextDocumentIdentifier id(String relative) {
        return new TextDocumentIdentifier(uri(relative));
    }

    void open(String relative, String text) {
        versions.put(path(relative), 1);
        server.getTextDocumentService()
                .didOpen(
                        new DidOpenTextDocumentParams(
                                new TextDocumentItem(
                                        uri(relative),
                                        relative.endsWith(".py") ? "python" : "sql",
                                        1,
                                        text)));
    }

    void openFromDisk(String relative) {
        open(relative, read(path(relative)));
    }

    /** Replaces the whole text. */
    int change(String relative, String text) {
        return change(relative, new TextDocumentContentChangeEvent(text));
    }

    /** Replaces a range, as the encoding counts. */
    int change(String relative, int line, int from, int to, String text) {
        return change(
                relative,
                new TextDocumentContentChangeEvent(
                        new Range(new Position(line, from), new Position(line, to)), text));
    }

    private int change(String relative, TextDocumentContentChangeEvent change) {
        int version = versions.merge(path(relative), 1, Integer::sum);
        server.getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(
                                new VersionedTextDocumentIdentifier(uri(relative), version),
                                List.of(change)));
        return version;
    }

    void closeDocument(String relative) {
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(id(relative)));
    }

    /** Writes a file and tells the server, as an editor that watches files does. */
    void onDisk(String relative, String text) {
        boolean there = Files.exists(path(relative));
        write(path(relative), text);
        watched(
                new FileEvent(
                        uri(relative), there ? FileChangeType.Changed : FileChangeType.Created));
    }

    void deleted(String relative) throws IOException {
        Files.delete(path(relative));
        watched(new FileEvent(uri(relative), FileChangeType.Deleted));
    }

    void watched(FileEvent... events) {
        server.getWorkspaceService()
                .didChangeWatchedFiles(new DidChangeWatchedFilesParams(List.of(events)));
    }

    /** The next published set of a file; its messages, after {@code version:}. */
    List<String> diagnostics(String relative) {
        PublishDiagnosticsParams params =
                client.take(PublishDiagnosticsParams.class, p -> p.getUri().equals(uri(relative)));
        return params.getDiagnostics().stream()
                .map(
                        d ->
                                d.getRange().getStart().getLine()
                                        + ":"
                                        + d.getRange().getStart().getCharacter()
                                        + "-"
                                        + d.getRange().getEnd().getCharacter()
                                        + " "
                                        + d.getCode().getLeft()
                                        + " "
                                        + text(d.getMessage()))
                .toList();
    }

    static String text(Either<String, org.eclipse.lsp4j.MarkupContent> message) {
        return message.isLeft() ? message.getLeft() : message.getRight().getValue();
    }

    /** Does not ask at the end for what was not taken: the test is about something else. */
    TestServer lenient() {
        lenient = true;
        return this;
    }

    int exitCode() {
        return get(piped.exit());
    }

    /** The client's end of the connection breaks. */
    void hangUp() throws IOException {
        piped.toServer().close();
    }

    @Override
    public void close() throws java.io.IOException {
        if (!piped.exit().isDone()) {
            get(server.shutdown());
            server.exit();
            assertThat(exitCode()).isZero();
        }
        piped.toServer().close();
        if (!lenient) {
            assertThat(client.untaken()).as("messages that the test did not take").isEmpty();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
