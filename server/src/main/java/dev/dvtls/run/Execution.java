package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The talk with the worker that executes one model. */
final class Execution {
    /** For the interpreter to start and import pandas, on a busy machine with a cold disk. */
    private static final Duration TO_START = Duration.ofMinutes(2);

    /** For a worker to end by itself after its result: exit handlers of the model's libraries. */
    private static final Duration TO_END = Duration.ofSeconds(3);

    /** For a worker to tell where its model is. */
    private static final Duration TO_TELL = Duration.ofSeconds(2);

    private final RunContext run;
    private final Upstreams upstreams;
    private final Node model;
    private final WorkerProcess worker;

    private final Optional<History> history;

    /** Nanoseconds for other models of the run: they do not count against its limit. */
    private long waited;

    Execution(
            RunContext run,
            Upstreams upstreams,
            Node model,
            WorkerProcess worker,
            Optional<History> history) {
        this.run = run;
        this.upstreams = upstreams;
        this.model = model;
        this.worker = worker;
        this.history = history;
    }

    /** After {@link #awaitReady}. */
    WorkerMessage.Result run(JsonObject message, Optional<Duration> limit)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        send(message);
        long started = System.nanoTime();
        while (true) {
            Optional<Duration> left =
                    limit.map(l -> l.minus(Duration.ofNanos(System.nanoTime() - started - waited)));
            WorkerMessage next = next(left);
            if (next instanceof WorkerMessage.Result result) {
                awaitEnd();
                return result;
            } else if (next instanceof WorkerMessage.Failed failed) {
                throw new ModelFailure(failed.failure());
            } else if (next instanceof WorkerMessage.Need need) {
                send(answer(need));
            } else if (next instanceof WorkerMessage.NeedHistory need) {
                send(previous(need.id()));
            } else if (next instanceof WorkerMessage.TimedOut && limit.isPresent()) {
                throw timeout(limit.get(), where());
            } else if (next instanceof WorkerMessage.Ended ended) {
                throw crashed(ended);
            }
        }
    }

    /** Until it has imported what every model needs. */
    void awaitReady() throws ModelFailure, CancelledException, InterruptedException {
        while (true) {
            WorkerMessage next = next(Optional.of(TO_START));
            if (next instanceof WorkerMessage.Ready ready) {
                if (ready.problem().isPresent()) {
                    throw ModelFailure.of("python-environment", ready.problem().get());
                }
                return;
            } else if (next instanceof WorkerMessage.Ended ended) {
                throw ModelFailure.of(
                        "python-environment",
                        "The interpreter "
                                + run.launch().python()
                                + " did not start a worker (exit code "
                                + ended.exitCode()
                                + "). "
                                + last(ended.lastErrorLines())
                                + " It is no Python, or a broken one: choose another with --python"
                                + " or in the editor. Run dvt-ls doctor to see which interpreter is"
                                + " used and why.");
            } else if (next instanceof WorkerMessage.TimedOut) {
                throw ModelFailure.of(
                        "python-environment",
                        "The interpreter "
                                + run.launch().python()
                                + " did not get ready within "
                                + TO_START.toSeconds()
                                + " s. It is no Python, or its packages take too long to import:"
                                + " choose another with --python or in the editor.");
            }
        }
    }

    /** What follows the result is only output; a process that lingers is ended by its owner. */
    private void awaitEnd() throws CancelledException, InterruptedException {
        long started = System.nanoTime();
        while (true) {
            Duration left = TO_END.minus(Duration.ofNanos(System.nanoTime() - started));
            WorkerMessage next = next(Optional.of(left));
            if (next instanceof WorkerMessage.Ended || next instanceof WorkerMessage.TimedOut) {
                return;
            }
        }
    }

    /** The next message that is no plain line. */
    private WorkerMessage next(Optional<Duration> limit)
            throws CancelledException, InterruptedException {
        WorkerMessage message = worker.next(limit);
        if (message instanceof WorkerMessage.Cancelled) {
            throw new CancelledException();
        } else if (message instanceof WorkerMessage.Output output) {
            run.events()
                    .accept(new RunEvent.Output(model.uniqueId(), output.error(), output.text()));
        } else if (message instanceof WorkerMessage.Warning warning) {
            run.events().accept(new RunEvent.Warning(model.uniqueId(), warning.message()));
        } else if (message instanceof WorkerMessage.Debugger debugger) {
            run.events().accept(new RunEvent.DebuggerAwaited(model.uniqueId(), debugger.port()));
        }
        return message;
    }

    /** A worker that died in between says so with its next message, which is the better one. */
    private void send(JsonObject message) throws ModelFailure {
        try {
            worker.send(message);
        } catch (IOException e) {
            if (worker.isAlive()) {
                throw ModelFailure.of(
                        "DVT126",
                        "Python model '"
                                + model.name()
                                + "' closed the worker's standard input: leave it open.");
            }
        }
    }

    private JsonObject previous(long id)
            throws CancelledException, InterruptedException, IOException {
        String view = Relations.view(model);
        try {
            Optional<CachedRelation> rows =
                    history.isPresent() ? history.get().previous() : Optional.empty();
            return rows.isPresent()
                    ? RunMessage.relation(id, view, rows.get().sql())
                    : RunMessage.noRelation(id, "DVT126", who() + " has no previous result.");
        } catch (ModelFailure e) {
            return RunMessage.noRelation(id, e.failure().code(), e.failure().message());
        }
    }

    private JsonObject answer(WorkerMessage.Need need)
            throws CancelledException, InterruptedException, IOException {
        Needed needed = Needed.of(run.manifest(), model, need);
        if (needed instanceof Needed.Refused refused) {
            return RunMessage.noRelation(need.id(), refused.code(), refused.message());
        }
        Node node = ((Needed.Found) needed).node();
        try {
            long asked = System.nanoTime();
            upstreams.await(model, node);
            waited += System.nanoTime() - asked;
            return RunMessage.relation(need.id(), Relations.view(node), upstreams.get(model, node));
        } catch (ModelFailure e) {
            return RunMessage.noRelation(need.id(), e.failure().code(), e.failure().message());
        }
    }

    /** Where the model is just now; it may answer nothing. */
    private WorkerMessage.Where where()
            throws ModelFailure, CancelledException, InterruptedException {
        JsonObject question = new JsonObject();
        question.addProperty("type", "where");
        send(question);
        long asked = System.nanoTime();
        while (true) {
            WorkerMessage next =
                    next(Optional.of(TO_TELL.minus(Duration.ofNanos(System.nanoTime() - asked))));
            if (next instanceof WorkerMessage.Where where) {
                return where;
            } else if (next instanceof WorkerMessage.TimedOut
                    || next instanceof WorkerMessage.Ended) {
                return new WorkerMessage.Where(Optional.empty(), 0, "");
            }
        }
    }

    private ModelFailure timeout(Duration limit, WorkerMessage.Where where) {
        return new ModelFailure(
                new RunEvent.Failure(
                        "DVT124",
                        who()
                                + " took longer than "
                                + seconds(limit)
                                + " s and was ended. Your model took too long. Check for infinite"
                                + " loops or slow API calls.",
                        Optional.of(where.file().orElse(model.file())),
                        where.line(),
                        0,
                        0,
                        0,
                        where.traceback()));
    }

    private String who() {
        return (model.isPython() ? "Python model '" : "SQL model '") + model.name() + "'";
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? String.valueOf(limit.toSeconds())
                : String.valueOf(limit.toMillis() / 1000.0);
    }

    private ModelFailure crashed(WorkerMessage.Ended ended) {
        String how =
                switch (ended.exitCode()) {
                    case 128 + 9 ->
                            "was killed (signal 9): the machine ran out of memory, or the model"
                                    + " ended its own process group. Read less at a time, or filter"
                                    + " before .df().";
                    case 128 + 11 ->
                            "crashed the Python process (segmentation fault, signal 11): a native"
                                    + " library failed.";
                    case 128 + 6 ->
                            "aborted the Python process (signal 6): a native library failed.";
                    default ->
                            ended.exitCode() > 128
                                    ? "was ended by signal " + (ended.exitCode() - 128) + "."
                                    : "ended the Python process with exit code "
                                            + ended.exitCode()
                                            + " before it returned a result. Do not call os._exit()"
                                            + " in a model.";
                };
        return new ModelFailure(
                new RunEvent.Failure(
                        "DVT126",
                        who() + " " + how,
                        Optional.of(model.file()),
                        0,
                        0,
                        0,
                        0,
                        String.join("\n", ended.lastErrorLines())));
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "It wrote nothing." : "It wrote: " + lines.get(lines.size() - 1);
    }
}
