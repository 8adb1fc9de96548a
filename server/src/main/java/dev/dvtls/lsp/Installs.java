package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.MissingPackage;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.env.EnvironmentException;
import dev.dvtls.run.env.Machine;
import dev.dvtls.run.env.PackageInstall;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Packages that the user told to install, one after another. Thread-safe. */
final class Installs implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Client client;
    private final Progress progress;
    private final Set<Cancellation> open = ConcurrentHashMap.newKeySet();

    /** Two at a time in one environment would spoil it. */
    private final ExecutorService queue =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "dvt-ls install");
                        thread.setDaemon(true);
                        return thread;
                    });

    Installs(Client client, Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * What is asked.
     *
     * @param name of the package
     * @param python that the user has chosen
     */
    record Wanted(
            Path root,
            Optional<String> name,
            Optional<Path> python,
            Optional<Either<String, Integer>> token) {}

    /**
     * Begins; the answer is completed when the package is there.
     *
     * @param installed called then, from any thread
     */
    void begin(Wanted wanted, Runnable installed, CompletableFuture<Object> answer) {
        Optional<String> name = wanted.name().filter(MissingPackage::isName);
        if (name.isEmpty()) {
            fail(
                    answer,
                    ResponseErrorCode.InvalidParams,
                    "Which package? Give the name of one, as pip knows it, in package.");
            return;
        }
        Cancellation cancellation = new Cancellation();
        open.add(cancellation);
        var unused =
                answer.whenComplete(
                        (result, error) -> {
                            if (answer.isCancelled()) {
                                cancellation.cancel();
                            }
                        });
        queue.execute(
                () -> {
                    try {
                        install(wanted, name.get(), cancellation, installed, answer);
                    } finally {
                        open.remove(cancellation);
                    }
                });
    }

    private void install(
            Wanted wanted,
            String name,
            Cancellation cancellation,
            Runnable installed,
            CompletableFuture<Object> answer) {
        String title = "Installing " + name;
        Progress.Work work =
                wanted.token()
                        .map(t -> progress.beginOn(t, title, false, cancellation::cancel))
                        .orElseGet(
                                () ->
                                        progress.beginCancellable(
                                                title, false, cancellation::cancel));
        try {
            Path python =
                    new PackageInstall(wanted.root(), Machine.here(), wanted.python(), cancellation)
                            .run(name, work::report);
            work.end("Installed");
            installed.run();
            client.showMessage(
                    new MessageParams(
                            MessageType.Info, name + " was installed into " + python + "."));
            JsonObject result = new JsonObject();
            result.addProperty("installed", name);
            result.addProperty("python", python.toString());
            answer.complete(result);
        } catch (EnvironmentException e) {
            work.end("Failed");
            fail(answer, ResponseErrorCode.RequestFailed, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.end("Interrupted");
            fail(answer, ResponseErrorCode.RequestFailed, "The installation was interrupted.");
        } catch (RuntimeException | Error e) {
            work.end("Failed");
            fail(answer, ResponseErrorCode.RequestFailed, "The installation broke off: " + e);
        }
    }

    private static void fail(
            CompletableFuture<Object> answer, ResponseErrorCode code, String message) {
        answer.completeExceptionally(
                new ResponseErrorException(new ResponseError(code, message, null)));
    }

    void cancel() {
        open.forEach(Cancellation::cancel);
    }

    /** Ends what is under way, and waits for its processes, but not for ever. */
    @Override
    public void close() {
        cancel();
        queue.shutdown();
        try {
            boolean unused = queue.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
