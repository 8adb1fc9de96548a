package dev.dvtls.check;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Comment;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code # dvt: ignore[code, code]} or {@code # dvt: ignore-file[code]}; in SQL after two dashes or
 * in a Jinja comment. Without codes it means all.
 *
 * @param span from the comment's mark to the bracket; of a Jinja comment, all of it
 * @param line where it stands
 * @param alone nothing else stands on its line: then it means the next one
 */
public record IgnoreComment(
        Span span, boolean wholeFile, List<Name> codes, int line, boolean alone) {
    /** A code as written. */
    public record Name(String text, Span span) {}

    private static final String IGNORE =
            "\\s*dvt:\\s*ignore(-file)?(?:\\s*\\[([^\\]\\r\\n]*)\\]|(?![\\w-]))";
    private static final Pattern HASH = pattern("#" + IGNORE);
    private static final Pattern YAML = pattern("(?<![^\\s])#" + IGNORE);
    private static final Pattern DASHES = pattern("--" + IGNORE);
    private static final Pattern TEMPLATE =
            pattern("(?:--|\\{#-?)" + IGNORE + "(?:[^\\r\\n]*?#\\})?");

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** Those of a model, in source order. In Python, SQL strings may hold some of their own. */
    public static List<IgnoreComment> in(ModelFile file) {
        String text = file.text();
        if (!text.contains("dvt:")) {
            return List.of();
        }
        LineIndex lines = LineIndex.of(text);
        List<IgnoreComment> found = new ArrayList<>();
        if (file.python().isEmpty()) {
            find(TEMPLATE, new Span(0, text.length()), text, lines, found);
        }
        for (PythonModel python : file.python().stream().toList()) {
            for (Comment comment : python.parsed().comments()) {
                find(HASH, comment.span(), text, lines, found);
            }
            for (PythonModel.SqlString sql : python.sqlStrings()) {
                find(DASHES, sql.literal().span(), text, lines, found);
            }
        }
        return found;
    }

    /** Those of a YAML or TOML file. */
    public static List<IgnoreComment> inYaml(String text) {
        List<IgnoreComment> found = new ArrayList<>();
        if (text.contains("dvt:")) {
            find(YAML, new Span(0, text.length()), text, LineIndex.of(text), found);
        }
        return found;
    }

    private static void find(
            Pattern pattern, Span in, String text, LineIndex lines, List<IgnoreComment> found) {
        Matcher matcher = pattern.matcher(text).region(in.start(), in.end());
        matcher.useTransparentBounds(true);
        while (matcher.find()) {
            Span span = new Span(matcher.start(), matcher.end());
            int line = lines.line(span.start());
            found.add(
                    new IgnoreComment(
                            span,
                            matcher.group(1) != null,
                            matcher.group(2) == null
                                    ? List.of()
                                    : names(matcher.start(2), matcher.group(2)),
                            line,
                            text.substring(lines.lineStart(line), span.start()).isBlank()));
        }
    }

    private static List<Name> names(int start, String list) {
        List<Name> names = new ArrayList<>();
        int at = 0;
        for (String part : list.split(",", -1)) {
            String name = part.strip();
            int from = start + at + part.indexOf(name);
            names.add(new Name(name, new Span(from, from + name.length())));
            at += part.length() + 1;
        }
        return names;
    }

    boolean names(Code code) {
        return codes.isEmpty()
                || codes.stream().anyMatch(c -> c.text().equalsIgnoreCase(code.id()));
    }

    /** Whether it speaks of a problem that begins on one of these lines. */
    boolean covers(Code code, List<Integer> problemLines) {
        return names(code)
                && (wholeFile
                        || problemLines.contains(line)
                        || (alone && problemLines.contains(line + 1)));
    }
}
