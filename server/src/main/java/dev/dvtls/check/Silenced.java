package dev.dvtls.check;

import dev.dvtls.text.LineIndex;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code # dvt: ignore[code, code]} (in SQL after two dashes, or in a Jinja comment): silences
 * problems that begin on its line, or on the next one when it stands alone. Without codes: all.
 */
final class Silenced {
    private static final Pattern COMMENT =
            Pattern.compile(
                    "(?:#|--|\\{#-?)\\s*dvt:\\s*ignore(?:\\s*\\[([^\\]]*)\\])?(?![\\w-])",
                    Pattern.CASE_INSENSITIVE);

    private Silenced() {}

    static List<Problem> without(List<Problem> problems, String text) {
        if (problems.isEmpty() || !text.contains("dvt:")) {
            return problems;
        }
        LineIndex lines = LineIndex.of(text);
        return problems.stream().filter(p -> !isSilenced(p, lines)).toList();
    }

    private static boolean isSilenced(Problem problem, LineIndex lines) {
        int line = lines.line(problem.span().start());
        return silences(lines.lineText(line), problem.code())
                || (line > 0
                        && stands(lines.lineText(line - 1))
                        && silences(lines.lineText(line - 1), problem.code()));
    }

    private static boolean stands(String line) {
        String text = line.strip();
        return text.startsWith("#") || text.startsWith("--") || text.startsWith("{#");
    }

    private static boolean silences(String line, Code code) {
        Matcher matcher = COMMENT.matcher(line);
        if (!matcher.find()) {
            return false;
        }
        String codes = matcher.group(1);
        return codes == null
                || Arrays.stream(codes.split(","))
                        .anyMatch(c -> c.strip().equalsIgnoreCase(code.id()));
    }
}
