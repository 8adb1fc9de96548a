package dev.dvtls.lsp;

import dev.dvtls.run.RunEvent;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;

/** Shows a run in the editor: progress, log lines, our own notification, failing lines. */
final class RunWatch {
    private final Run run;
    private final Client client;
    private final Progress progress;
    private final ClientFeatures features;
    private final Loop loop;
    private final Workspace workspace;
    private final Runnable cancel;
    private Optional<Progress.Work> work = Optional.empty();
    private int total;
    private int done;

    RunWatch(
            Run run,
            Client client,
            Progress progress,
            ClientFeatures features,
            Loop loop,
            Workspace workspace,
            Runnable cancel) {
        this.run = run;
        this.client = client;
        this.progress = progress;
        this.features = features;
        this.loop = loop;
        this.workspace = workspace;
        this.cancel = cancel;
    }

    /** Another run is at work on a model of this one. */
    void waits() {
        client.runEvent(RunNotification.waiting(run));
    }

    /** Cancelled while it waited. */
    void endedUnstarted(RunEvent.RunFinished end) {
        client.runEvent(RunNotification.of(run, end, workspace.snapshot()));
    }

    void begin() {
        String title =
                run.request().select().isEmpty()
                        ? "Running all models"
                        : "Running " + String.join(" ", run.request().select());
        work =
                Optional.of(
                        run.token()
                                .map(token -> progress.beginOn(token, title, true, cancel))
                                .orElseGet(() -> progress.beginCancellable(title, true, cancel)));
    }

    /** From the engine's thread, in order. */
    void event(RunEvent event) {
        client.runEvent(RunNotification.of(run, event, workspace.snapshot()));
        String line = RunLines.line(event);
        if (!line.isEmpty()) {
            client.logMessage(new MessageParams(type(event), line));
        }
        if (event instanceof RunEvent.RunStarted started) {
            total = started.models().size();
        } else if (event instanceof RunEvent.StageStarted stage) {
            report(
                    RunLines.shortName(stage.model())
                            + ": "
                            + RunLines.word(stage.stage())
                            + " "
                            + stage.detail());
        } else if (event instanceof RunEvent.Rows rows) {
            report(
                    RunLines.shortName(rows.model())
                            + ": "
                            + RunLines.word(rows.stage())
                            + " "
                            + rows.rows()
                            + " rows");
        } else if (event instanceof RunEvent.DebuggerAwaited) {
            report(RunLines.line(event));
        } else if (event instanceof RunEvent.ModelSucceeded
                || event instanceof RunEvent.ModelSkipped) {
            done++;
            report(RunLines.line(event));
        } else if (event instanceof RunEvent.ModelFailed failed) {
            done++;
            report(RunLines.line(event));
            place(failed.failure());
        }
    }

    void interrupted() {
        end("Interrupted");
        broken("The run was interrupted.");
    }

    private void broken(String message) {
        client.runEvent(RunNotification.broken(run, message));
    }

    void end(String summary) {
        work.ifPresent(w -> w.end(summary));
        if (!features.progress()) {
            client.showMessage(new MessageParams(MessageType.Info, summary));
        }
    }

    /** The run could not start, or broke off; the answer to the command says it too. */
    void refused(String message) {
        work.ifPresent(w -> w.end("Failed"));
        client.logMessage(new MessageParams(MessageType.Error, message));
        broken(message);
    }

    private void report(String message) {
        work.ifPresent(w -> w.report(message, total == 0 ? 0 : 100 * done / total));
    }

    private void place(RunEvent.Failure failure) {
        if (failure.file().isEmpty()) {
            return;
        }
        Path file = failure.file().get();
        // Read here, not on the loop.
        Convert.lines(workspace.snapshot(), file)
                .flatMap(lines -> RunFailures.problem(failure, lines))
                .ifPresent(problem -> loop.execute(() -> workspace.runProblem(file, problem)));
    }

    private static MessageType type(RunEvent event) {
        if (event instanceof RunEvent.ModelFailed) {
            return MessageType.Error;
        }
        return event instanceof RunEvent.Warning || event instanceof RunEvent.ModelSkipped
                ? MessageType.Warning
                : MessageType.Info;
    }
}
