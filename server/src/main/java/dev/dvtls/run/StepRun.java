package dev.dvtls.run;

import dev.dvtls.cache.FileLocks;
import dev.dvtls.check.Checker;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunPlan.Step;
import dev.dvtls.run.RunPlan.Way;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.text.LineIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;

/** One step of a plan, whatever it is; the only run of its model in the project. */
record StepRun(RunContext run, Upstreams upstreams, ModelLocks locks, IntSupplier spares) {

    Done run(Step step) throws ModelFailure, CancelledException, InterruptedException {
        Node node = step.node();
        refuseWrong(run.manifest(), node);
        Misspelt.refuse(run.manifest(), node);
        refuseTemplates(node);
        Landing landing = landing(node);
        for (String ignored : ConfigWarnings.of(node)) {
            run.warn(node, ignored);
        }
        for (String doubt : Misspelt.of(run.manifest(), node)) {
            run.warn(node, doubt);
        }
        try {
            FileLocks.Held held =
                    locks.lock(
                            node.uniqueId(),
                            run.cancellation(),
                            () ->
                                    run.warn(
                                            node,
                                            "Another run of '"
                                                    + node.name()
                                                    + "' is at work in this project; waiting for"
                                                    + " it to end."));
            try {
                return run(step, landing);
            } finally {
                held.close();
            }
        } catch (IOException e) {
            throw ModelFailure.of(
                    "io-error",
                    "The run of '"
                            + node.name()
                            + "' stopped: "
                            + DiskTrouble.explained(e, run.work().path()));
        }
    }

    private Done run(Step step, Landing landing)
            throws ModelFailure, CancelledException, InterruptedException, IOException {
        if (step.way() instanceof Way.Python) {
            return new PythonRun(run, upstreams, step, landing, spares).execute();
        } else if (step.way() instanceof Way.Csv) {
            return new SeedRun(run, upstreams, step.node(), landing).execute();
        }
        return new SqlRun(run, upstreams, step, landing, spares).execute();
    }

    private static void refuseTemplates(Node node) throws ModelFailure {
        ModelConfig config = new ModelConfig(node);
        Optional<String> first = config.templates().stream().findFirst();
        if (first.isPresent()) {
            String key = first.get();
            throw ModelFailure.of(
                    "bad-config",
                    "`"
                            + key
                            + "` in the config of '"
                            + node.name()
                            + "' is a template that could not be rendered: "
                            + config.value(key).orElse("")
                            + (node.kind() == Node.Kind.MODEL
                                    ? ". Correct it in the project file or its properties."
                                    : ". Only those of models are: write its value out."));
        }
    }

    /** A connection that nothing can be loaded over is refused before anything runs. */
    private Landing landing(Node node) throws ModelFailure, InterruptedException {
        Landing landing = run.landing(node);
        try {
            run.transfers().check(landing.connection());
        } catch (TransferException e) {
            throw ModelFailure.of("bad-connection", e.getMessage());
        }
        return landing;
    }

    /**
     * A model with an error that needs no run to be seen is refused before anything is extracted.
     */
    static void refuseWrong(Manifest manifest, Node model) throws ModelFailure {
        Optional<Problem> wrong =
                Checker.check(manifest, model.file()).stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .findFirst();
        if (wrong.isEmpty()) {
            return;
        }
        Problem problem = wrong.get();
        String text = manifest.file(model.file()).map(ModelFile::text).orElse("");
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
}
