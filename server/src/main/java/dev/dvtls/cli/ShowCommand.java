package dev.dvtls.cli;

import dev.dvtls.run.Engine;
import dev.dvtls.run.LocalEngine;
import dev.dvtls.run.Previewed;
import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls show}. */
@Command(
        name = "show",
        description =
                "Shows the first rows of models without loading anything. What they read comes out"
                        + " of the cache where it is there.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:shown", " 1:a model failed", " 2:wrong usage", " 130:interrupted"})
public final class ShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private RunOptions options = new RunOptions();

    @Mixin private DebugPort debugger = new DebugPort();

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "5",
            description = "The most rows of each. Default: 5.")
    private int limit = 5;

    @Option(names = "--output-format", paramLabel = "FORMAT", description = "text, json or csv.")
    private Rows.Format format = Rows.Format.TEXT;

    @Option(
            names = "--refresh",
            description = "Read what the models read anew, whatever the cache has.")
    private boolean refresh;

    @Option(
            names = "--fixture",
            description =
                    "Let the models read their fixtures (see `dvt-ls fixture`); no database is"
                            + " asked.")
    private boolean fixture;

    @Option(
            names = {"-f", "--full-refresh"},
            description = "As if the table of an incremental model were not there.")
    private boolean fullRefresh;

    @Override
    public Integer call() throws InterruptedException {
        if (options.select().isEmpty()) {
            throw CommandFailed.usage("Say which model to show: --select orders");
        }
        if (limit < 1) {
            throw CommandFailed.usage("--limit takes a number of rows, 1 or more.");
        }
        if (fixture && refresh) {
            throw CommandFailed.usage(
                    "--fixture reads files, and --refresh the databases: say one of them.");
        }
        PrintWriter err = spec.commandLine().getErr();
        AtomicBoolean failed = new AtomicBoolean();
        Path root = options.root();
        Ansi ansi = new Ansi(false);
        try (LocalEngine engine = LocalEngine.create(false);
                RunText text = new RunText(err, root, ansi, false);
                OnInterrupt interrupt = OnInterrupt.begin()) {
            RunRequest request =
                    options.request(fullRefresh).debugged(debugger.asked()).onFixtures(fixture);
            if (format != Rows.Format.TEXT) {
                refuseSeveral(engine.selection(request).size());
            }
            List<Previewed> shown =
                    engine.preview(
                            request,
                            limit,
                            refresh,
                            told(text, err, failed).andThen(DebugPort.awaited(err)),
                            interrupt.cancellation());
            if (interrupt.cancellation().isCancelled()) {
                return ExitCode.INTERRUPTED;
            }
            print(shown, err);
            return failed.get() ? ExitCode.FAILED : ExitCode.OK;
        } catch (Engine.RunRefused e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()));
        }
    }

    /** What a person wants to know beside the rows: where they come from, what went wrong. */
    static Consumer<RunEvent> told(RunText text, PrintWriter err, AtomicBoolean failed) {
        return event -> {
            if (event instanceof RunEvent.StageStarted e && e.stage() == RunEvent.Stage.EXTRACT) {
                err.println(e.detail());
                err.flush();
            } else if (event instanceof RunEvent.ModelFailed
                    || event instanceof RunEvent.Warning
                    || event instanceof RunEvent.Output) {
                failed.compareAndSet(false, event instanceof RunEvent.ModelFailed);
                text.accept(event);
            }
        };
    }

    private void refuseSeveral(int selected) {
        if (selected > 1) {
            throw CommandFailed.usage(
                    "The selection has "
                            + selected
                            + " nodes, and "
                            + format.name().toLowerCase(Locale.ROOT)
                            + " shows one at a time: name one with --select, or leave"
                            + " --output-format away.");
        }
    }

    private void print(List<Previewed> shown, PrintWriter err) {
        PrintWriter out = spec.commandLine().getOut();
        for (Previewed one : shown) {
            if (shown.size() > 1) {
                out.println(one.name());
            }
            out.print(Rows.print(one.rows(), format));
            if (shown.size() > 1) {
                out.println();
            }
            out.flush();
            err.println(rows(one));
            err.flush();
        }
    }

    private static String rows(Previewed one) {
        int here = one.rows().rows().size();
        String count = here == 1 ? "1 row" : here + " rows";
        if (!one.more()) {
            return one.name() + ": " + count + ".";
        }
        return one.name()
                + ": the first "
                + count
                + (one.total().isPresent()
                        ? String.format(Locale.ROOT, " of %,d.", one.total().getAsLong())
                        : "; there are more.");
    }
}
