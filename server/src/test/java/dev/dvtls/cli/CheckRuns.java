package dev.dvtls.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** {@code dvt-ls check} in this process. */
final class CheckRuns {
    record Ran(int code, String out, String err) {}

    private CheckRuns() {}

    static Ran run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("check"));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(all.toArray(String[]::new));
        return new Ran(code, out.toString().replace("\r\n", "\n"), err.toString());
    }
}
