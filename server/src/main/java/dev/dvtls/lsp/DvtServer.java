package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Engine;
import dev.dvtls.run.env.Machine;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The life of the server: initialize, shutdown, exit; and the end of the parent process. */
public final class DvtServer implements LanguageServer {
    /**
     * What the server is given from outside.
     *
     * @param docsPage folder of the documentation site's built page
     * @param exit ends the program with a code
     */
    record Surroundings(
            ProjectAccess access,
            Engine engine,
            Machine machine,
            Path docsPage,
            IntConsumer exit) {}

    private final Surroundings surroundings;
    private final CompletableFuture<Client> client = new CompletableFuture<>();
    private final AtomicBoolean exiting = new AtomicBoolean();
    private volatile Optional<Session> session = Optional.empty();
    private volatile boolean shutDown;

    DvtServer(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Serves until the client closes its end, which ends the program too. */
    static void serve(InputStream in, OutputStream out, Surroundings surroundings) {
        DvtServer server = new DvtServer(surroundings);
        Launcher<Client> launcher =
                new Launcher.Builder<Client>()
                        .setLocalService(server)
                        .setRemoteInterface(Client.class)
                        .setInput(in)
                        .setOutput(out)
                        .wrapMessages(Malformed::heldBack)
                        .configureGson(AnnotatedEdits::register)
                        .setExecutorService(
                                Executors.newCachedThreadPool(
                                        task -> {
                                            Thread thread = new Thread(task, "dvt-ls reader");
                                            thread.setDaemon(true);
                                            return thread;
                                        }))
                        .create();
        server.client.complete(launcher.getRemoteProxy());
        try {
            launcher.startListening().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            System.err.println("The connection to the editor broke: " + e.getCause());
        }
        server.end(server.shutDown ? 0 : 1);
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        if (session.isPresent()) {
            return failed(ResponseErrorCode.InvalidRequest, "The server is initialized already.");
        }
        Session started = new Session(client.join(), params, surroundings);
        session = Optional.of(started);
        Optional.ofNullable(params.getProcessId()).ifPresent(this::exitWith);
        return CompletableFuture.completedFuture(
                new InitializeResult(
                        Capabilities.of(started.features()), new ServerInfo("dvt-ls", version())));
    }

    @Override
    public void initialized(InitializedParams params) {
        session.ifPresent(Session::initialized);
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        // Not on the reader's thread: runs are ended first, and that takes a moment.
        return CompletableFuture.supplyAsync(
                () -> {
                    session.ifPresent(Session::close);
                    return null;
                });
    }

    @Override
    public void exit() {
        end(shutDown ? 0 : 1);
    }

    @Override
    public void cancelProgress(WorkDoneProgressCancelParams params) {
        session.ifPresent(s -> s.progress().cancel(params.getToken()));
    }

    @Override
    public void setTrace(SetTraceParams params) {
        // The client traces what it sends and gets; we add nothing.
    }

    /** The user trusts the folder now, or no longer. */
    @JsonNotification("dvt/didChangeTrust")
    public void didChangeTrust(JsonObject params) {
        boolean trusted = params.has("trusted") && params.get("trusted").getAsBoolean();
        session.ifPresent(s -> s.trusted(trusted));
    }

    /** The projects that are open, and the targets that each one's models can be loaded into. */
    @JsonRequest("dvt/projects")
    public CompletableFuture<JsonArray> projects(JsonObject params) {
        return withSession(Session::projectTargets);
    }

    /** The DAG of a project, or what is around a node of it. */
    @JsonRequest("dvt/graph")
    public CompletableFuture<JsonObject> graph(JsonObject params) {
        return withSession(session -> session.nodes().graphs().ask(params, session.requests()));
    }

    /** What a run of files and folders would select, by project. */
    @JsonRequest("dvt/selection")
    public CompletableFuture<JsonArray> selection(JsonObject params) {
        return withSession(session -> session.whenSettled(now -> RunSelections.of(now, params)));
    }

    /** The tags of each project. */
    @JsonRequest("dvt/tags")
    public CompletableFuture<JsonArray> tags(JsonObject params) {
        return withSession(session -> session.whenSettled(RunSelections::tags));
    }

    /** What runs of each project would find on this machine, told by files alone. */
    @JsonRequest("dvt/environment")
    public CompletableFuture<JsonArray> environment(JsonObject params) {
        return withSession(Session::environments);
    }

    /** The client looks at a preview no more: its rows may go. */
    @JsonRequest("dvt/previewClose")
    public CompletableFuture<JsonObject> previewClose(JsonObject params) {
        return withSession(session -> session.previews().close(params));
    }

    /** A page of a preview's rows. */
    @JsonRequest("dvt/previewRows")
    public CompletableFuture<JsonObject> previewRows(JsonObject params) {
        return withSession(session -> session.previews().rows(params));
    }

    /** What each column of a preview holds. */
    @JsonRequest("dvt/previewProfile")
    public CompletableFuture<JsonObject> previewProfile(JsonObject params) {
        return withSession(session -> session.previews().profile(params));
    }

    /** A preview's rows, written to a file. */
    @JsonRequest("dvt/previewExport")
    public CompletableFuture<JsonObject> previewExport(JsonObject params) {
        return withSession(session -> session.previews().export(params));
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return new TextDocuments(this);
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return new WorkspaceRequests(this);
    }

    /** For notifications: without a session they are dropped. */
    Optional<Session> session() {
        return shutDown ? Optional.empty() : session;
    }

    /** For requests: an error unless between initialize and shutdown. */
    <T> CompletableFuture<T> withSession(
            java.util.function.Function<Session, CompletableFuture<T>> request) {
        if (shutDown) {
            return failed(ResponseErrorCode.InvalidRequest, "The server is shut down.");
        }
        return session.map(request)
                .orElseGet(
                        () ->
                                failed(
                                        ResponseErrorCode.ServerNotInitialized,
                                        "The server is not initialized yet."));
    }

    static <T> CompletableFuture<T> failed(ResponseErrorCode code, String message) {
        return CompletableFuture.failedFuture(
                new ResponseErrorException(new ResponseError(code, message, null)));
    }

    private void exitWith(int processId) {
        // A process that cannot be seen (a container's edge) is no reason to end: stdin will tell.
        ProcessHandle.of(processId)
                .map(ProcessHandle::onExit)
                .ifPresent(
                        gone -> {
                            var unused = gone.thenRun(() -> end(1));
                        });
    }

    private void end(int code) {
        if (exiting.compareAndSet(false, true)) {
            session.ifPresent(Session::close);
            surroundings.exit().accept(code);
        }
    }

    private static String version() {
        return Optional.ofNullable(DvtServer.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
