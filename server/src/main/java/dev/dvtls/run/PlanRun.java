package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.RunPlan.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The steps of a plan, as many at a time as there are threads; what is downstream of a failure is
 * skipped.
 */
final class PlanRun {
    private static final long TO_END_SECONDS = 30;

    private final RunContext run;
    private final RunPlan plan;
    private final int threads;
    private final int sparesAfter;
    private final Cancellation user;
    private final StepRun stepRun;
    private final Schedule schedule;
    private final Map<String, Step> steps;
    private final BlockingQueue<Future<News>> news = new LinkedBlockingQueue<>();
    private final Map<String, News.Waits> held = new LinkedHashMap<>();
    private final AtomicInteger spares = new AtomicInteger();
    private int atWork;
    private int succeeded;
    private int failed;
    private int skipped;
    private Optional<Step> stoppedBy = Optional.empty();

    /**
     * @param run whose cancellation this may use to end what is at work
     * @param threads steps at a time
     * @param sparesAfter workers that shall wait when the run is over
     * @param user what the user cancels
     */
    PlanRun(
            RunContext run,
            RunPlan plan,
            ModelLocks locks,
            int threads,
            int sparesAfter,
            Cancellation user) {
        this.run = run;
        this.plan = plan;
        this.threads = threads;
        this.sparesAfter = sparesAfter;
        this.user = user;
        this.stepRun = new StepRun(run, new Upstreams(run, false, this::await), locks, spares::get);
        this.schedule = new Schedule(plan);
        this.steps =
                plan.steps().stream()
                        .collect(Collectors.toMap(step -> step.node().uniqueId(), step -> step));
    }

    /** What a step at work tells. */
    private sealed interface News {
        Step step();

        record Succeeded(Step step, Done done, Duration took) implements News {}

        record Failed(Step step, RunEvent.Failure failure, Duration took) implements News {}

        record Cancelled(Step step) implements News {}

        /**
         * It gives its slot back until others have ended.
         *
         * @param go with nothing, or why it cannot go on
         */
        record Waits(
                Step step,
                Node read,
                Set<String> others,
                CompletableFuture<Optional<ModelFailure>> go)
                implements News {}
    }

    RunEvent.RunFinished run() throws InterruptedException {
        long started = System.nanoTime();
        if (!plan.notRun().isEmpty()) {
            run.events().accept(new RunEvent.Warning("", plan.notRunSentence()));
        }
        for (String ignored : ConfigWarnings.of(run.manifest())) {
            run.events().accept(new RunEvent.Warning("", ignored));
        }
        ExecutorService executor = Executors.newCachedThreadPool(PlanRun::thread);
        try {
            CompletionService<News> tasks = new ExecutorCompletionService<>(executor, news);
            start(tasks);
            while (atWork > 0 || !held.isEmpty()) {
                told(news.take().get());
                goOn();
                start(tasks);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A step broke off", e.getCause());
        } finally {
            end(executor);
            run.pool().keep(sparesAfter);
        }
        stoppedBy.ifPresent(because -> skip(schedule.left(), because));
        RunEvent.RunFinished finished =
                new RunEvent.RunFinished(
                        succeeded, failed, skipped, user.isCancelled(), LocalEngine.since(started));
        run.events().accept(finished);
        return finished;
    }

    /** What is still at work, because this was interrupted or broke off, is cancelled. */
    private void end(ExecutorService executor) throws InterruptedException {
        if (atWork > 0 || !held.isEmpty()) {
            run.cancellation().cancel();
        }
        executor.shutdownNow();
        if (!executor.awaitTermination(TO_END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A step does not end");
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "dvt-ls model");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts what may start. */
    private void start(CompletionService<News> tasks) {
        while (atWork < threads && !run.cancellation().isCancelled()) {
            Optional<Step> next = schedule.next();
            if (next.isEmpty()) {
                break;
            }
            Step step = next.get();
            Callable<News> task = () -> execute(step);
            atWork++;
            tasks.submit(task);
        }
        spares.set(Math.max(sparesAfter, Math.min(threads, schedule.soonInWorkers())));
    }

    private News execute(Step step) throws InterruptedException {
        long started = System.nanoTime();
        run.events().accept(new RunEvent.ModelStarted(step.node().uniqueId()));
        try {
            Done done = stepRun.run(step);
            return new News.Succeeded(step, done, LocalEngine.since(started));
        } catch (ModelFailure e) {
            Duration took = LocalEngine.since(started);
            return run.cancellation().isCancelled()
                    ? new News.Cancelled(step)
                    : new News.Failed(step, Blame.placed(run.manifest(), step.node(), e), took);
        } catch (CancelledException e) {
            return new News.Cancelled(step);
        }
    }

    private void told(News next) {
        if (next instanceof News.Waits waits) {
            atWork--;
            hold(waits);
        } else {
            if (held.remove(next.step().node().uniqueId()) == null) {
                atWork--;
            }
            ended(next);
        }
    }

    /** On a step's own thread: until what it turns out to read is there. */
    private void await(Node reader, Node read)
            throws ModelFailure, CancelledException, InterruptedException {
        Step step = steps.get(reader.uniqueId());
        Set<String> others = new Lineage(run.manifest()).behind(read, steps.keySet());
        if (step == null || others.isEmpty()) {
            return;
        }
        CompletableFuture<Optional<ModelFailure>> go = new CompletableFuture<>();
        Cancellation.Registration registration =
                run.cancellation().onCancel(() -> go.cancel(false));
        try {
            news.add(CompletableFuture.completedFuture(new News.Waits(step, read, others, go)));
            Optional<ModelFailure> because = go.get();
            if (because.isPresent()) {
                throw because.get();
            }
        } catch (CancellationException | ExecutionException e) {
            throw new CancelledException();
        } finally {
            registration.close();
        }
    }

    private void hold(News.Waits waits) {
        schedule.waits(waits.step(), waits.others());
        held.put(waits.step().node().uniqueId(), waits);
        if (!schedule.isReady(waits.step()) && schedule.lost(waits.step()).isEmpty()) {
            run.events()
                    .accept(
                            new RunEvent.StageStarted(
                                    waits.step().node().uniqueId(),
                                    Stage.EXTRACT,
                                    "waiting for " + RunPlan.name(waits.read())));
        }
    }

    /** Steps that were held and need not wait any longer get their slots again. */
    private void goOn() {
        for (News.Waits waits : List.copyOf(held.values())) {
            Optional<ModelFailure> failure = hopeless(waits);
            boolean over = failure.isPresent() || schedule.isReady(waits.step());
            if (over && atWork < threads && waits.go().complete(failure)) {
                held.remove(waits.step().node().uniqueId());
                schedule.waits(waits.step(), Set.of());
                atWork++;
            } // one that was cancelled meanwhile tells so itself
        }
    }

    private Optional<ModelFailure> hopeless(News.Waits waits) {
        String who = RunPlan.what(waits.step().node()) + " '" + waits.step().node().name() + "'";
        String read = RunPlan.name(waits.read());
        List<String> circle = schedule.circle(waits.step());
        if (!circle.isEmpty()) {
            String way = circle.stream().map(this::name).collect(Collectors.joining(" -> "));
            return failure(
                    waits,
                    "cycle",
                    who
                            + " reads '"
                            + read
                            + "', which waits for it: models read each other in a circle: "
                            + way
                            + ". Take one of these reads out, or split a model in two.");
        }
        return schedule.lost(waits.step())
                .flatMap(
                        lost ->
                                failure(
                                        waits,
                                        "extract-failed",
                                        who
                                                + " reads '"
                                                + read
                                                + "', which this run could not build: '"
                                                + name(lost)
                                                + "' failed or was skipped. Mend that first."));
    }

    private static Optional<ModelFailure> failure(News.Waits waits, String code, String message) {
        return Optional.of(ModelFailure.of(code, message).about(waits.read()));
    }

    private String name(String id) {
        return run.manifest().node(id).map(RunPlan::name).orElse(id);
    }

    private void ended(News outcome) {
        Step step = outcome.step();
        String id = step.node().uniqueId();
        if (outcome instanceof News.Succeeded ok) {
            succeeded++;
            schedule.succeeded(step);
            run.events()
                    .accept(
                            new RunEvent.ModelSucceeded(
                                    id,
                                    ok.done().landing().display(),
                                    ok.done().rows(),
                                    ok.took()));
        } else if (outcome instanceof News.Failed wrong) {
            failed++;
            run.events().accept(new RunEvent.ModelFailed(id, wrong.failure(), wrong.took()));
            skip(schedule.failed(step), step);
            if (run.request().failFast() && stoppedBy.isEmpty()) {
                stoppedBy = Optional.of(step);
                run.cancellation().cancel();
            }
        } else {
            stoppedBy.ifPresent(because -> skip(List.of(step), because));
        }
    }

    private void skip(List<Step> steps, Step because) {
        for (Step step : steps) {
            skipped++;
            run.events()
                    .accept(
                            new RunEvent.ModelSkipped(
                                    step.node().uniqueId(), because.node().uniqueId()));
        }
    }
}
