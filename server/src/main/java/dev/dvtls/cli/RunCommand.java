package dev.dvtls.cli;

import dev.dvtls.run.Engine;
import dev.dvtls.run.LocalEngine;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEventJson;
import dev.dvtls.run.RunRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RunOptions options = new RunOptions();

    @Mixin private DebugPort debugger = new DebugPort();

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
        Consumer<RunEvent> awaited = DebugPort.awaited(spec.commandLine().getErr());
        try (OnInterrupt interrupt = OnInterrupt.begin()) {
            RunEvent.RunFinished finished;
            if (outputFormat == OutputFormat.JSON) {
                finished =
                        engine.run(
                                request,
                                event -> {
                                    awaited.accept(event);
                                    out.println(RunEventJson.of(event));
                                    out.flush();
                                },
                                interrupt.cancellation());
            } else {
                boolean terminal = Terminal.isOutput();
                Ansi ansi = Ansi.of(System.getenv(), terminal);
                boolean live = terminal && !System.getenv().getOrDefault("TERM", "").equals("dumb");
                Path root = request.projectDir().toAbsolutePath().normalize();
                try (RunText text = new RunText(out, root, ansi, live)) {
                    finished = engine.run(request, awaited.andThen(text), interrupt.cancellation());
                }
            }
            if (finished.cancelled()) {
                return ExitCode.INTERRUPTED;
            }
            return finished.failed() > 0 ? ExitCode.FAILED : ExitCode.OK;
        }
    }

    private RunRequest request() {
        if (timeout.isPresent() && !(timeout.get() > 0 && timeout.get() < 1e9)) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout takes seconds, more than 0: --timeout 60");
        }
        return options.request(
                        fullRefresh,
                        failFast,
                        threads,
                        timeout.map(seconds -> Duration.ofMillis((long) (seconds * 1000))),
                        verbose ? Map.of("DVT_VERBOSE", "1") : Map.of())
                .debugged(debugger.asked());
    }
}
