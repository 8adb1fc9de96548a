package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.run.Engine;
import dev.dvtls.run.env.Machine;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.services.LanguageServer;

/**
 * A real server on a thread of its own, and LSP4J's client side of it.
 *
 * @param toServer the client's end of the connection
 * @param exit the code that the server would end its process with
 */
record PipedServer(Remote remote, OutputStream toServer, CompletableFuture<Integer> exit) {
    /** The server as a client sees it, with our own requests. */
    interface Remote extends LanguageServer {
        @JsonRequest("dvt/projects")
        CompletableFuture<JsonArray> projects(JsonObject params);

        @JsonRequest("dvt/graph")
        CompletableFuture<JsonObject> graph(JsonObject params);

        @JsonRequest("dvt/selection")
        CompletableFuture<JsonArray> selection(JsonObject params);

        @JsonRequest("dvt/tags")
        CompletableFuture<JsonArray> tags(JsonObject params);

        @JsonRequest("dvt/environment")
        CompletableFuture<JsonArray> environment(JsonObject params);

        @JsonRequest("dvt/previewClose")
        CompletableFuture<JsonObject> previewClose(JsonObject params);

        @JsonRequest("dvt/previewRows")
        CompletableFuture<JsonObject> previewRows(JsonObject params);

        @JsonRequest("dvt/previewProfile")
        CompletableFuture<JsonObject> previewProfile(JsonObject params);

        @JsonRequest("dvt/previewExport")
        CompletableFuture<JsonObject> previewExport(JsonObject params);
    }

    static PipedServer start(
            ProjectAccess access, Engine engine, Machine machine, Path docsPage, TestClient client)
            throws IOException {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        // Java's piped streams break when the thread that wrote last ends; the system's do not.
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        InputStream serverIn = Channels.newInputStream(up.source());
        OutputStream toServer = Channels.newOutputStream(up.sink());
        InputStream clientIn = Channels.newInputStream(down.source());
        OutputStream serverOut = Channels.newOutputStream(down.sink());
        DvtServer.Surroundings surroundings =
                new DvtServer.Surroundings(access, engine, machine, docsPage, exit::complete);
        daemon(
                        () -> {
                            DvtServer.serve(serverIn, serverOut, surroundings);
                            closeBoth(serverIn, serverOut);
                        },
                        "test server")
                .start();
        ExecutorService reader =
                Executors.newSingleThreadExecutor(
                        task ->
                                daemon(
                                        () -> {
                                            task.run();
                                            closeBoth(clientIn, toServer);
                                        },
                                        "test client"));
        Launcher<Remote> launcher =
                new Launcher.Builder<Remote>()
                        .setLocalService(client)
                        .setRemoteInterface(Remote.class)
                        .setInput(clientIn)
                        .setOutput(toServer)
                        .configureGson(AnnotatedEdits::register)
                        .setExecutorService(reader)
                        .create();
        var unused = launcher.startListening();
        reader.shutdown(); // it ends with what it reads
        return new PipedServer(launcher.getRemoteProxy(), toServer, exit);
    }

    private static void closeBoth(Closeable in, Closeable out) {
        try (in;
                out) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
