package dev.dvtls.cli;

import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Engine;
import dev.dvtls.run.LocalEngine;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEventJson;
import dev.dvtls.run.RunRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dvt-ls run}. */
@Command(
        name = "run",
        description = "Builds models and seeds on the target, in the order of the DAG.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:every model succeeded",
            " 1:a model failed",
            " 2:wrong usage, or a project that cannot be run",
            " 130:interrupted"
        })
public final class RunCommand implements Callable<Integer> {
    /** For a run to end its workers and transfers after Ctrl-C. */
    private static final long TO_END_SECONDS = 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            description = "The output of the profile to load into.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = {"-f", "--full-refresh"},
            description = "Build incremental models anew.")
    private boolean fullRefresh;

    @Option(
            names = {"-x", "--fail-fast"},
            description = "Stop at the first model that fails.")
    private boolean failFast;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Models at a time (default: the target's threads, else 4).")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Longest time that a model may take to execute.")
    private Optional<Double> timeout = Optional.empty();

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The interpreter that models run in.")
    private Optional<Path> python = Optional.empty();

    @Option(names = "--sling", paramLabel = "FILE", description = "The Sling program.")
    private Optional<Path> sling = Optional.empty();

    @Option(
            names = "--vars",
            paramLabel = "YAML",
            description = "Variables for dbt.var(), a YAML mapping: '{day: 2026-01-31}'.")
    private Optional<String> vars = Optional.empty();

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description = "text or json (one event a line).")
    private OutputFormat outputFormat = OutputFormat.TEXT;

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Show the local variables, in short, where a model's code failed"
                            + " (DVT_VERBOSE=1 does the same).")
    private boolean verbose;

    @Option(
            names = "--dry-run",
            description = "Print what would be run, and in what order; run nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        RunRequest request = request();
        try (LocalEngine engine = LocalEngine.create(false)) {
            if (dryRun) {
                out.print(engine.plan(request).print());
                out.flush();
                return ExitCode.OK;
            }
            return run(engine, request, out);
        } catch (Engine.RunRefused e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()));
        }
    }

    private int run(Engine engine, RunRequest request, PrintWriter out)
            throws Engine.RunRefused, InterruptedException {
        Cancellation cancellation = new Cancellation();
        CountDownLatch over = new CountDownLatch(1);
        Thread onInterrupt =
                new Thread(
                        () -> {
                            cancellation.cancel();
                            await(over);
                        },
                        "run-interrupted");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            RunEvent.RunFinished finished;
            if (outputFormat == OutputFormat.JSON) {
                finished =
                        engine.run(
                                request,
                                event -> {
                                    out.println(RunEventJson.of(event));
                                    out.flush();
                                },
                                cancellation);
            } else {
                boolean terminal = Terminal.isOutput();
                Ansi ansi = Ansi.of(System.getenv(), terminal);
                boolean live = terminal && !System.getenv().getOrDefault("TERM", "").equals("dumb");
                Path root = request.projectDir().toAbsolutePath().normalize();
                try (RunText text = new RunText(out, root, ansi, live)) {
                    finished = engine.run(request, text, cancellation);
                }
            }
            if (finished.cancelled()) {
                return ExitCode.INTERRUPTED;
            }
            return finished.failed() > 0 ? ExitCode.FAILED : ExitCode.OK;
        } finally {
            over.countDown();
            forget(onInterrupt);
        }
    }

    private RunRequest request() {
        if (timeout.isPresent() && !(timeout.get() > 0 && timeout.get() < 1e9)) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout takes seconds, more than 0: --timeout 60");
        }
        return new RunRequest(
                project.root(),
                selection.select(),
                selection.exclude(),
                target,
                project.profilesDir(),
                fullRefresh,
                failFast,
                threads,
                timeout.map(seconds -> Duration.ofMillis((long) (seconds * 1000))),
                python,
                sling,
                vars(),
                verbose ? Map.of("DVT_VERBOSE", "1") : Map.of());
    }

    private Map<String, Object> vars() {
        if (vars.isEmpty()) {
            return Map.of();
        }
        String expected = "--vars takes a YAML mapping, like --vars '{day: 2026-01-31}'";
        try {
            Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(vars.get());
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach(
                        (key, item) -> named.put(String.valueOf(key), item == null ? "" : item));
                return named;
            }
        } catch (YAMLException e) {
            throw new ParameterException(spec.commandLine(), expected + ": " + e.getMessage(), e);
        }
        throw new ParameterException(spec.commandLine(), expected + ".");
    }

    private static void await(CountDownLatch over) {
        try {
            if (!over.await(TO_END_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the program is ending already: that is the hook at work
        }
    }
}
