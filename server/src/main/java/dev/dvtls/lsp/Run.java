package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** One run: what was asked, who waits for it, how to end it. */
final class Run {
    private final String id;
    private final RunRequest request;
    private final Set<String> models;
    private final Optional<Either<String, Integer>> token;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<RunEvent.RunFinished> ended = new CompletableFuture<>();
    private final List<CompletableFuture<Object>> answers = new ArrayList<>();
    private volatile boolean started;

    /**
     * @param models unique ids of what is selected; empty: not known
     * @param token the client's own progress token
     */
    Run(
            String id,
            RunRequest request,
            Set<String> models,
            Optional<Either<String, Integer>> token) {
        this.id = id;
        this.request = request;
        this.models = models;
        this.token = token;
    }

    String id() {
        return id;
    }

    RunRequest request() {
        return request;
    }

    Set<String> models() {
        return models;
    }

    Optional<Either<String, Integer>> token() {
        return token;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    CompletableFuture<RunEvent.RunFinished> ended() {
        return ended;
    }

    boolean hasStarted() {
        return started;
    }

    /** True when both would work on one model; unknown selections may. */
    boolean overlaps(Run other) {
        return request.projectDir().equals(other.request.projectDir())
                && (models.isEmpty()
                        || other.models.isEmpty()
                        || !Collections.disjoint(models, other.models));
    }

    /** True when this run, once done, has done what the other asks. */
    boolean covers(Run other) {
        return request.equals(other.request)
                || (sameButSelection(other)
                        && !other.models.isEmpty()
                        && models.containsAll(other.models));
    }

    private boolean sameButSelection(Run other) {
        RunRequest a = request;
        RunRequest b = other.request;
        return a.projectDir().equals(b.projectDir())
                && a.target().equals(b.target())
                && a.fullRefresh() == b.fullRefresh()
                && a.python().equals(b.python())
                && a.debugging().equals(b.debugging());
    }

    /** The answer is completed when the run has ended. On the loop. */
    void answerTo(CompletableFuture<Object> answer) {
        answers.add(answer);
        var unused =
                ended.whenComplete(
                        (end, error) -> {
                            if (error != null) {
                                answer.completeExceptionally(error);
                            } else {
                                answer.complete(json(end));
                            }
                        });
    }

    /** True when everybody who asked for it has cancelled. On the loop. */
    boolean isUnwanted() {
        return answers.stream().allMatch(CompletableFuture::isCancelled);
    }

    /** Runs to the end, on the run's own thread. */
    void execute(Engine engine, RunWatch watch) {
        started = true;
        watch.begin();
        try {
            RunEvent.RunFinished end = engine.run(request, watch::event, cancellation);
            watch.end(RunLines.summary(end));
            ended.complete(end);
        } catch (Engine.RunRefused e) {
            watch.refused(message(e));
            ended.completeExceptionally(error(message(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            watch.interrupted();
            ended.completeExceptionally(error("The run was interrupted."));
        } catch (RuntimeException | Error e) {
            watch.refused("The run broke off: " + e);
            ended.completeExceptionally(error("The run broke off: " + e));
        }
    }

    /** Cancelled while it waited. */
    void endUnstarted(RunWatch watch) {
        RunEvent.RunFinished end = new RunEvent.RunFinished(0, 0, 0, true, Duration.ZERO);
        watch.endedUnstarted(end);
        ended.complete(end);
    }

    private static String message(Exception e) {
        return Optional.ofNullable(e.getMessage()).orElse("The run could not start.");
    }

    private static ResponseErrorException error(String message) {
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.RequestFailed, message, null));
    }

    private JsonObject json(RunEvent.RunFinished end) {
        JsonObject result = new JsonObject();
        result.addProperty("run", id);
        result.addProperty("succeeded", end.succeeded());
        result.addProperty("failed", end.failed());
        result.addProperty("skipped", end.skipped());
        result.addProperty("cancelled", end.cancelled());
        return result;
    }
}
