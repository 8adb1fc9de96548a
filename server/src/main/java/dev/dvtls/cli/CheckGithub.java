package dev.dvtls.cli;

import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import java.nio.file.Path;
import java.util.List;

/**
 * Workflow commands of GitHub Actions, one a problem: the runner shows them at the lines of a
 * change.
 */
final class CheckGithub {
    private CheckGithub() {}

    static String of(List<Located> located, Path here) {
        StringBuilder out = new StringBuilder();
        for (Located one : located) {
            out.append(line(one, here)).append('\n');
        }
        return out.toString();
    }

    private static String line(Located located, Path here) {
        Problem problem = located.problem();
        Located.Place place = located.place();
        String file = Located.shown(problem.file(), here);
        // The runner drops columns of a range over several lines, with the whole annotation.
        boolean oneLine = place.line() == place.endLine();
        return "::"
                + command(problem.severity())
                + " title="
                + property("dvt-ls (" + problem.code().id() + ")")
                + ",file="
                + property(file)
                + ",line="
                + place.line()
                + (oneLine ? ",col=" + place.column() : "")
                + ",endLine="
                + place.endLine()
                + (oneLine ? ",endColumn=" + place.endColumn() : "")
                + "::"
                + data(
                        file
                                + ":"
                                + place.line()
                                + ":"
                                + place.column()
                                + ": "
                                + problem.code().id()
                                + " "
                                + problem.message()
                                + (problem.help().isEmpty() ? "" : "\n" + problem.help()));
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFORMATION, HINT -> "notice";
        };
    }

    /** As the runner's own toolkit does it. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
