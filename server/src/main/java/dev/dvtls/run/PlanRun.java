package dev.dvtls.run;

import dev.dvtls.cache.FileLocks;
import dev.dvtls.check.Checker;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.LineIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The steps of a plan, one after another; what is downstream of a failure is skipped. */
final class PlanRun {
    private final RunContext run;
    private final RunPlan plan;
    private final ModelLocks locks;
    private final boolean keepWarm;
    private final Upstreams upstreams;
    private final Map<String, String> blockedBy = new HashMap<>();

    PlanRun(RunContext run, RunPlan plan, ModelLocks locks, boolean keepWarm) {
        this.run = run;
        this.plan = plan;
        this.locks = locks;
        this.keepWarm = keepWarm;
        this.upstreams = new Upstreams(run);
    }

    RunEvent.RunFinished run() throws InterruptedException {
        long started = System.nanoTime();
        if (!plan.notRun().isEmpty()) {
            run.events().accept(new RunEvent.Warning("", plan.notRunSentence()));
        }
        int succeeded = 0;
        int failed = 0;
        int skipped = 0;
        for (int i = 0; i < plan.steps().size() && !run.cancellation().isCancelled(); i++) {
            RunPlan.Step step = plan.steps().get(i);
            String id = step.model().uniqueId();
            String because = blockedBy.get(id);
            if (because != null) {
                skipped++;
                run.events().accept(new RunEvent.ModelSkipped(id, because));
                continue;
            }
            long modelStarted = System.nanoTime();
            run.events().accept(new RunEvent.ModelStarted(id));
            try {
                PythonRun.Done done = run(step, keepWarm || i + 1 < plan.steps().size());
                succeeded++;
                run.events()
                        .accept(
                                new RunEvent.ModelSucceeded(
                                        id,
                                        done.relation().display(),
                                        done.rows(),
                                        LocalEngine.since(modelStarted)));
            } catch (ModelFailure e) {
                if (run.cancellation().isCancelled()) {
                    break;
                }
                failed++;
                block(id);
                run.events()
                        .accept(
                                new RunEvent.ModelFailed(
                                        id,
                                        Blame.placed(run.manifest(), step.model(), e),
                                        LocalEngine.since(modelStarted)));
            } catch (CancelledException e) {
                break;
            }
        }
        RunEvent.RunFinished finished =
                new RunEvent.RunFinished(
                        succeeded,
                        failed,
                        skipped,
                        run.cancellation().isCancelled(),
                        LocalEngine.since(started));
        run.events().accept(finished);
        return finished;
    }

    private PythonRun.Done run(RunPlan.Step step, boolean warmNext)
            throws ModelFailure, CancelledException, InterruptedException {
        refuseWrong(step.model());
        String id = step.model().uniqueId();
        try {
            FileLocks.Held held =
                    locks.lock(
                            id,
                            run.cancellation(),
                            () ->
                                    run.events()
                                            .accept(
                                                    new RunEvent.Warning(
                                                            id,
                                                            "Another run of '"
                                                                    + step.model().name()
                                                                    + "' is at work in this"
                                                                    + " project; waiting for it to"
                                                                    + " end.")));
            try {
                return new PythonRun(run, upstreams, step, warmNext).run();
            } finally {
                held.close();
            }
        } catch (IOException e) {
            throw ModelFailure.of(
                    "io-error",
                    "The run of '"
                            + step.model().name()
                            + "' stopped: "
                            + DiskTrouble.explained(e, run.work().path()));
        }
    }

    /**
     * A model with an error that needs no run to be seen is refused before anything is extracted.
     */
    private void refuseWrong(Node model) throws ModelFailure {
        Optional<Problem> wrong =
                Checker.check(run.manifest(), model.file()).stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .findFirst();
        if (wrong.isEmpty()) {
            return;
        }
        Problem problem = wrong.get();
        String text = run.manifest().file(model.file()).map(ModelFile::text).orElse("");
        LineIndex lines = LineIndex.of(text);
        LineIndex.Position start =
                lines.position(problem.span().start(), LineIndex.Encoding.UTF_32);
        LineIndex.Position end = lines.position(problem.span().end(), LineIndex.Encoding.UTF_32);
        Optional<Path> file = Optional.of(problem.file());
        throw new ModelFailure(
                new RunEvent.Failure(
                        problem.code().id(),
                        problem.help().isEmpty()
                                ? problem.message()
                                : problem.message() + " " + problem.help(),
                        file,
                        start.line() + 1,
                        start.column() + 1,
                        end.line() + 1,
                        end.column() + 1,
                        ""));
    }

    /** Everything downstream of a failed model, through nodes that are not run as well. */
    private void block(String failed) {
        Deque<String> waiting = new ArrayDeque<>();
        waiting.add(failed);
        while (!waiting.isEmpty()) {
            for (String reader : run.manifest().readersOf(waiting.remove())) {
                if (!reader.equals(failed) && blockedBy.putIfAbsent(reader, failed) == null) {
                    waiting.add(reader);
                }
            }
        }
    }
}
