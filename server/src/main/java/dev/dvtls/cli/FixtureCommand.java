package dev.dvtls.cli;

import dev.dvtls.cache.FixtureFile;
import dev.dvtls.run.Engine;
import dev.dvtls.run.FixtureOptions;
import dev.dvtls.run.LocalEngine;
import dev.dvtls.run.SavedFixtures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls fixture}. */
@Command(
        name = "fixture",
        description =
                "Saves the first rows of what models read as files of the project, in"
                        + " fixtures/<model>. Files that are there stay as they are.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:saved", " 1:a model failed", " 2:wrong usage", " 130:interrupted"})
public final class FixtureCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RunOptions options = new RunOptions();

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "" + FixtureOptions.USUAL_LIMIT,
            description = "The most rows of each. Default: ${DEFAULT-VALUE}.")
    private long limit = FixtureOptions.USUAL_LIMIT;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv (default) or parquet.")
    private FixtureFile.Format format = FixtureFile.Format.CSV;

    @Option(names = "--replace", description = "Save what is there already anew.")
    private boolean replace;

    @Option(
            names = "--also",
            paramLabel = "SELECTION",
            arity = "1..*",
            description = "What the model reads by a name that it computes.")
    private List<String> also = List.of();

    @Option(
            names = "--refresh",
            description = "Read what the models read anew, whatever the cache has.")
    private boolean refresh;

    @Override
    public Integer call() throws InterruptedException {
        if (options.select().isEmpty()) {
            throw CommandFailed.usage("Say whose upstream to save: --select orders");
        }
        if (limit < 1) {
            throw CommandFailed.usage("--limit takes a number of rows, 1 or more.");
        }
        PrintWriter err = spec.commandLine().getErr();
        AtomicBoolean failed = new AtomicBoolean();
        Path root = options.root();
        try (LocalEngine engine = LocalEngine.create(false);
                RunText text = new RunText(err, root, new Ansi(false), false);
                OnInterrupt interrupt = OnInterrupt.begin()) {
            List<SavedFixtures> saved =
                    engine.saveFixtures(
                            options.request(false),
                            new FixtureOptions(limit, format, refresh, replace, List.copyOf(also)),
                            ShowCommand.told(text, err, failed),
                            interrupt.cancellation());
            saved.forEach(one -> print(root, one));
            if (interrupt.cancellation().isCancelled()) {
                return ExitCode.INTERRUPTED;
            }
            return failed.get() ? ExitCode.FAILED : ExitCode.OK;
        } catch (Engine.RunRefused e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()));
        }
    }

    private void print(Path root, SavedFixtures saved) {
        PrintWriter out = spec.commandLine().getOut();
        if (saved.files().isEmpty()) {
            out.println(saved.name() + " reads nothing: there is nothing to save.");
        }
        if (saved.files().stream().anyMatch(SavedFixtures.One::kept)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Files that are there stay as they are. --replace saves them anew.");
            err.flush();
        }
        for (SavedFixtures.One one : saved.files()) {
            out.println(
                    root.relativize(one.file()).toString().replace('\\', '/') + ": " + one.count());
        }
        out.flush();
    }
}
