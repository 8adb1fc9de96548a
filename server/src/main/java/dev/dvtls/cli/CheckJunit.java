package dev.dvtls.cli;

import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * JUnit's XML: one test case a file. Errors are its failure; what does not fail the check is its
 * output.
 */
final class CheckJunit {
    private CheckJunit() {}

    /**
     * @param files that were checked; those without a problem are test cases that passed
     */
    static String of(List<Located> located, List<Path> files, Path here) {
        Map<Path, List<Located>> byFile = new TreeMap<>();
        files.forEach(f -> byFile.put(f, new ArrayList<>()));
        located.forEach(
                l -> byFile.computeIfAbsent(l.problem().file(), f -> new ArrayList<>()).add(l));
        long failures = byFile.values().stream().filter(CheckJunit::fails).count();
        String counts =
                " tests=\"" + byFile.size() + "\" failures=\"" + failures + "\" errors=\"0\"";
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"dvt-ls\"").append(counts).append(">\n");
        out.append("  <testsuite name=\"dvt-ls check\"").append(counts).append(">\n");
        byFile.forEach((file, problems) -> testCase(out, Located.shown(file, here), problems));
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static boolean fails(List<Located> problems) {
        return problems.stream().anyMatch(CheckJunit::isError);
    }

    private static boolean isError(Located located) {
        return located.problem().severity() == Severity.ERROR;
    }

    private static void testCase(StringBuilder out, String file, List<Located> problems) {
        String name = escaped(file);
        out.append("    <testcase name=\"").append(name).append("\" classname=\"");
        out.append(name).append("\" file=\"").append(name).append('"');
        if (problems.isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append(">\n");
        List<Located> errors = problems.stream().filter(CheckJunit::isError).toList();
        if (!errors.isEmpty()) {
            Problem first = errors.get(0).problem();
            String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
            out.append("      <failure type=\"").append(escaped(first.code().id()));
            out.append("\" message=\"").append(escaped(first.message() + more)).append("\">");
            out.append(escaped(lines(errors, l -> true, file))).append("</failure>\n");
        }
        String others = lines(problems, l -> !isError(l), file);
        if (!others.isEmpty()) {
            out.append("      <system-out>").append(escaped(others)).append("</system-out>\n");
        }
        out.append("    </testcase>\n");
    }

    private static String lines(List<Located> problems, Predicate<Located> wanted, String file) {
        List<String> lines = new ArrayList<>();
        problems.stream()
                .filter(wanted)
                .forEach(
                        l ->
                                lines.add(
                                        file
                                                + ":"
                                                + l.place().line()
                                                + ":"
                                                + l.place().column()
                                                + ": "
                                                + l.problem()
                                                        .severity()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                + "["
                                                + l.problem().code().id()
                                                + "]: "
                                                + l.problem().message()
                                                + (l.problem().help().isEmpty()
                                                        ? ""
                                                        : " " + l.problem().help())));
        return String.join("\n", lines);
    }

    /** For attributes and texts alike; what XML 1.0 cannot hold becomes U+FFFD. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '"' -> out.append("&quot;");
                                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
                            }
                        });
        return out.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
