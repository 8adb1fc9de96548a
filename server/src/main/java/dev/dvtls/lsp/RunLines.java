package dev.dvtls.lsp;

import dev.dvtls.run.RunEvent;
import java.util.Locale;

/** Events of a run in words, for the log and the progress. */
final class RunLines {
    private RunLines() {}

    static String word(RunEvent.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** What the log shows of an event; empty for what would only fill it. */
    static String line(RunEvent event) {
        if (event instanceof RunEvent.RunStarted e) {
            return "Running "
                    + count(e.models().size(), "model")
                    + " on "
                    + e.target()
                    + " ("
                    + e.targetType()
                    + ")";
        } else if (event instanceof RunEvent.StageStarted e) {
            return shortName(e.model()) + ": " + word(e.stage()) + " " + e.detail();
        } else if (event instanceof RunEvent.Output e) {
            return shortName(e.model()) + " | " + e.line();
        } else if (event instanceof RunEvent.Warning e) {
            return shortName(e.model()) + ": warning: " + e.message();
        } else if (event instanceof RunEvent.DebuggerAwaited e) {
            return shortName(e.model()) + ": waiting for a debugger on 127.0.0.1:" + e.port();
        } else if (event instanceof RunEvent.ModelSucceeded e) {
            return shortName(e.model())
                    + ": "
                    + (e.rows() < 0 ? "built " : count(e.rows(), "row") + " in ")
                    + e.relation()
                    + seconds(e.took());
        } else if (event instanceof RunEvent.ModelFailed e) {
            String traceback = e.failure().traceback();
            return shortName(e.model())
                    + ": failed: "
                    + e.failure().message()
                    + seconds(e.took())
                    + (traceback.isBlank() ? "" : "\n" + traceback.stripTrailing());
        } else if (event instanceof RunEvent.ModelSkipped e) {
            return shortName(e.model())
                    + ": skipped, because "
                    + shortName(e.because())
                    + " failed";
        } else if (event instanceof RunEvent.RunFinished e) {
            return summary(e) + seconds(e.took());
        }
        return "";
    }

    static String summary(RunEvent.RunFinished end) {
        return (end.cancelled() ? "Run cancelled: " : "Run finished: ")
                + end.succeeded()
                + " succeeded, "
                + end.failed()
                + " failed, "
                + end.skipped()
                + " skipped";
    }

    /** {@code orders} of {@code model.shop.orders}. */
    static String shortName(String uniqueId) {
        String[] parts = uniqueId.split("\\.", 3);
        return parts.length == 3 ? parts[2] : uniqueId;
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static String seconds(java.time.Duration took) {
        return String.format(Locale.ROOT, " (%.2f s)", took.toMillis() / 1000.0);
    }
}
