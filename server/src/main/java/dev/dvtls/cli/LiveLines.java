package dev.dvtls.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;

/** Lines at the end of a terminal that are written anew: one for each model at work. */
final class LiveLines {
    private static final int MOST = 8;
    private static final int WIDEST = 110;
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String CLEAR_BELOW = "\u001b[J";

    /**
     * A model at work.
     *
     * @param stage what it does
     * @param rows of the stage, in words; empty: none yet
     * @param since {@link System#nanoTime}
     */
    record Work(String model, String stage, String rows, long since) {
        static Work of(String model) {
            return new Work(model, "", "", System.nanoTime());
        }

        Work at(String next) {
            return new Work(model, next, "", since);
        }

        Work with(String count) {
            return new Work(model, stage, count, since);
        }

        private String text() {
            String text =
                    "      "
                            + model
                            + "  "
                            + stage
                            + (rows.isEmpty() ? "" : "  " + rows)
                            + "  "
                            + RunText.seconds(Duration.ofNanos(System.nanoTime() - since));
            return text.substring(0, Math.min(text.length(), WIDEST));
        }
    }

    private final PrintWriter out;
    private final Ansi ansi;
    private int shown;

    LiveLines(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void show(Collection<Work> atWork) {
        clear();
        out.print(NO_WRAP); // a line that wrapped would be two to clear
        atWork.stream().limit(MOST).forEach(work -> out.println(ansi.dim(work.text())));
        shown = Math.min(MOST, atWork.size());
        if (atWork.size() > MOST) {
            out.println(ansi.dim("      and " + (atWork.size() - MOST) + " more"));
            shown++;
        }
        out.print(WRAP);
        out.flush();
    }

    void clear() {
        if (shown > 0) {
            out.print("\r\u001b[" + shown + "A" + CLEAR_BELOW);
            shown = 0;
        }
    }
}
