package dev.dvtls.cli;

import dev.dvtls.run.RunEvent;
import dev.dvtls.run.RunEvent.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A run in a terminal: a line a model. Where the terminal can, each model at work has a live line
 * below them, with its stage, rows and seconds; elsewhere there are plain lines only.
 */
final class RunText implements Consumer<RunEvent>, AutoCloseable {
    private final PrintWriter out;
    private final Path root;
    private final Ansi ansi;
    private final boolean live;
    private final ScheduledExecutorService clock;

    // Guarded by this.
    private final Map<String, LiveLines.Work> atWork = new LinkedHashMap<>();
    private final LiveLines lines;

    /**
     * @param root paths below it are shown relative to it
     * @param live the terminal takes control sequences
     */
    RunText(PrintWriter out, Path root, Ansi ansi, boolean live) {
        this.out = out;
        this.root = root;
        this.ansi = ansi;
        this.live = live;
        this.lines = new LiveLines(out, ansi);
        this.clock =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "run-clock");
                            thread.setDaemon(true);
                            return thread;
                        });
        if (live) {
            var ticking = clock.scheduleAtFixedRate(this::show, 200, 200, TimeUnit.MILLISECONDS);
            if (ticking.isCancelled()) {
                throw new IllegalStateException("The clock does not tick");
            }
        }
    }

    @Override
    public synchronized void accept(RunEvent event) {
        if (event instanceof RunEvent.RunStarted e) {
            int count = e.models().size();
            line(
                    (count == 1 ? "1 model" : count + " models")
                            + " into '"
                            + e.target()
                            + "' ("
                            + e.targetType()
                            + ")");
        } else if (event instanceof RunEvent.ModelStarted e) {
            atWork.put(e.model(), LiveLines.Work.of(name(e.model())));
            if (!live) {
                line(ansi.dim("run   ") + name(e.model()));
            }
        } else if (event instanceof RunEvent.StageStarted e) {
            atWork.computeIfPresent(
                    e.model(), (id, work) -> work.at(word(e.stage()) + " " + e.detail()));
        } else if (event instanceof RunEvent.Rows e) {
            atWork.computeIfPresent(e.model(), (id, work) -> work.with(count(e.rows())));
        } else if (event instanceof RunEvent.Output e) {
            String who = atWork.size() > 1 ? name(e.model()) + " " : "";
            line(ansi.dim("      " + who + "| ") + e.line());
        } else if (event instanceof RunEvent.Warning e) {
            line(
                    ansi.yellow("warn  ")
                            + (e.model().isEmpty() ? "" : name(e.model()) + ": ")
                            + e.message());
        } else if (event instanceof RunEvent.ModelSucceeded e) {
            String what =
                    e.rows() < 0
                            ? "built "
                            : e.rows() == 0 ? "no rows for " : count(e.rows()) + " in ";
            done(
                    e.model(),
                    ansi.green("ok    ") + name(e.model()) + "  " + what + e.relation(),
                    e.took());
        } else if (event instanceof RunEvent.ModelFailed e) {
            done(e.model(), ansi.red("FAIL  ") + name(e.model()), e.took());
            failure(e.failure());
        } else if (event instanceof RunEvent.ModelSkipped e) {
            atWork.remove(e.model()); // one that a failure elsewhere has ended
            line(
                    ansi.yellow("skip  ")
                            + name(e.model())
                            + "  because "
                            + name(e.because())
                            + " failed");
        } else if (event instanceof RunEvent.RunFinished e) {
            atWork.clear();
            line(summary(e));
        }
        show();
    }

    private void done(String model, String text, Duration took) {
        atWork.remove(model);
        line(text + "  " + ansi.dim(seconds(took)));
    }

    private String summary(RunEvent.RunFinished e) {
        StringBuilder text = new StringBuilder();
        text.append(e.succeeded()).append(" succeeded");
        if (e.failed() > 0) {
            text.append(", ").append(ansi.red(e.failed() + " failed"));
        }
        if (e.skipped() > 0) {
            text.append(", ").append(e.skipped()).append(" skipped");
        }
        if (e.cancelled()) {
            text.append(", ").append(ansi.yellow("cancelled"));
        }
        return text + " in " + seconds(e.took());
    }

    private void failure(RunEvent.Failure failure) {
        out.println("  " + ansi.bold(failure.code()) + ": " + failure.message());
        failure.file()
                .ifPresent(
                        file -> {
                            String place = shown(file);
                            if (failure.line() > 0) {
                                place += ":" + failure.line();
                                place += failure.column() > 0 ? ":" + failure.column() : "";
                            }
                            out.println(ansi.blue("   --> ") + place);
                            source(file, failure);
                        });
        if (!failure.traceback().isEmpty()) {
            failure.traceback().lines().forEach(text -> out.println("      " + ansi.dim(text)));
        }
        out.flush();
    }

    private void source(Path file, RunEvent.Failure failure) {
        if (failure.line() <= 0) {
            return;
        }
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return; // not UTF-8, or gone: its place is said already
        }
        if (failure.line() > lines.size()) {
            return;
        }
        String text = lines.get(failure.line() - 1);
        String number = String.valueOf(failure.line());
        String margin = " ".repeat(number.length());
        out.println("  " + ansi.blue(margin + " |"));
        out.println("  " + ansi.blue(number + " |") + " " + text.replace('\t', ' '));
        if (failure.column() > 0) {
            int length = text.codePointCount(0, text.length());
            int end =
                    failure.endLine() == failure.line() && failure.endColumn() > failure.column()
                            ? failure.endColumn()
                            : failure.endLine() > failure.line()
                                    ? length + 1
                                    : failure.column() + 1;
            out.println(
                    "  "
                            + ansi.blue(margin + " |")
                            + " "
                            + " ".repeat(failure.column() - 1)
                            + ansi.red("^".repeat(Math.max(1, end - failure.column()))));
        }
    }

    private String shown(Path file) {
        return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
    }

    /** A line that stays. */
    private void line(String text) {
        lines.clear();
        out.println(text);
        out.flush();
    }

    private synchronized void show() {
        if (live) {
            lines.show(atWork.values());
        }
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        lines.clear();
        out.flush();
    }

    /** {@code model.shop.orders} to {@code orders}. */
    static String name(String uniqueId) {
        String[] parts = uniqueId.split("\\.", 3);
        return parts.length == 3 ? parts[2] : uniqueId;
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private static String count(long rows) {
        return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
    }

    static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
