package dev.dvtls.run;

import dev.dvtls.run.RunPlan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
        this.stepRun = new StepRun(run, new Upstreams(run), locks, spares::get);
        this.schedule = new Schedule(plan);
    }

    /** How a step ended. */
    private sealed interface Outcome {
        Step step();

        record Succeeded(Step step, Done done, Duration took) implements Outcome {}

        record Failed(Step step, RunEvent.Failure failure, Duration took) implements Outcome {}

        record Cancelled(Step step) implements Outcome {}
    }

    RunEvent.RunFinished run() throws InterruptedException {
        long started = System.nanoTime();
        if (!plan.notRun().isEmpty()) {
            run.events().accept(new RunEvent.Warning("", plan.notRunSentence()));
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads, PlanRun::thread);
        try {
            CompletionService<Outcome> outcomes = new ExecutorCompletionService<>(executor);
            start(outcomes);
            while (atWork > 0) {
                Outcome outcome = outcomes.take().get();
                atWork--;
                ended(outcome);
                start(outcomes);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A step broke off", e.getCause());
        } finally {
            end(executor);
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
        if (atWork > 0) {
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
    private void start(CompletionService<Outcome> outcomes) {
        while (atWork < threads && !run.cancellation().isCancelled()) {
            Optional<Step> next = schedule.next();
            if (next.isEmpty()) {
                break;
            }
            Step step = next.get();
            Callable<Outcome> task = () -> execute(step);
            atWork++;
            outcomes.submit(task);
        }
        spares.set(Math.max(sparesAfter, Math.min(threads, schedule.soonInWorkers())));
    }

    private Outcome execute(Step step) throws InterruptedException {
        long started = System.nanoTime();
        run.events().accept(new RunEvent.ModelStarted(step.node().uniqueId()));
        try {
            Done done = stepRun.run(step);
            return new Outcome.Succeeded(step, done, LocalEngine.since(started));
        } catch (ModelFailure e) {
            Duration took = LocalEngine.since(started);
            return run.cancellation().isCancelled()
                    ? new Outcome.Cancelled(step)
                    : new Outcome.Failed(step, Blame.placed(run.manifest(), step.node(), e), took);
        } catch (CancelledException e) {
            return new Outcome.Cancelled(step);
        }
    }

    private void ended(Outcome outcome) {
        Step step = outcome.step();
        String id = step.node().uniqueId();
        if (outcome instanceof Outcome.Succeeded ok) {
            succeeded++;
            schedule.succeeded(step);
            run.events()
                    .accept(
                            new RunEvent.ModelSucceeded(
                                    id,
                                    ok.done().landing().display(),
                                    ok.done().rows(),
                                    ok.took()));
        } else if (outcome instanceof Outcome.Failed wrong) {
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
