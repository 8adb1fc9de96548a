package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.python.Param;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jinja where Python code would stand. */
final class JinjaInPython implements Rule {
    /** The members of the dbt object that Jinja has as functions. */
    private static final Pattern CALL =
            Pattern.compile(
                    "\\{\\{[-+]?\\s*((ref|source|var|config|is_incremental)\\s*\\(.*\\)|this)\\s*[-+]?\\}\\}",
                    Pattern.DOTALL);

    /** What means the same in Jinja and in Python. */
    private static final Pattern SURE =
            Pattern.compile(
                    "this|is_incremental.*|(ref|source)\\s*\\(\\s*(?:(\"[^\"]*\"|'[^']*')\\s*,?\\s*)+\\)",
                    Pattern.DOTALL);

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            for (Span span : python.jinja()) {
                found.accept(jinja(file, python, span).problem());
            }
        }
    }

    private static Finding jinja(CheckedFile file, PythonModel python, Span span) {
        String written = span.of(file.text());
        boolean tag = written.startsWith("{%");
        Finding finding =
                Finding.of(
                                file,
                                Code.JINJA_IN_PYTHON,
                                span,
                                "Python models cannot use Jinja ("
                                        + (tag ? "{% %}" : "{{ }}")
                                        + "): '"
                                        + shortened(written)
                                        + "' is not Python.")
                        .help(
                                tag
                                        ? "Write the condition or loop in Python."
                                        : "Use dbt.ref() and dbt.source() instead of {{ ref() }}"
                                                + " and {{ source() }}.");
        Matcher call = CALL.matcher(written);
        if (!call.matches()) {
            return finding;
        }
        String python3 =
                call.group(1).startsWith("is_incremental") ? "is_incremental" : call.group(1);
        String replacement = "dbt." + python3.strip();
        if (call.group(1).startsWith("config")) {
            return moveConfig(finding, file, python, span, replacement);
        }
        boolean inModel = python.models().stream().anyMatch(m -> holds(m, span));
        return inModel && SURE.matcher(call.group(1)).matches()
                ? finding.sureFix("Replace with " + shortened(replacement), span, replacement)
                : finding.fix("Replace with " + shortened(replacement), span, replacement);
    }

    /** Elsewhere there is no {@code dbt}. */
    private static boolean holds(Stmt.FunctionDef model, Span span) {
        List<Param> parameters = model.parameters().items();
        return !parameters.isEmpty()
                && parameters.get(0).name().id().equals("dbt")
                && !model.body().isEmpty()
                && model.body().get(0).start() <= span.start()
                && span.start() < model.end(); // braces at its end are not its own
    }

    /** {@code config} at the top of the file goes into the function, where {@code dbt} is known. */
    private static Finding moveConfig(
            Finding finding, CheckedFile file, PythonModel python, Span span, String call) {
        for (Stmt.FunctionDef model : python.models()) {
            if (span.end() <= model.start() && !model.body().isEmpty()) {
                int at = model.body().get(0).start();
                int line = file.text().lastIndexOf('\n', at) + 1;
                String indent = file.text().substring(line, at);
                if (!indent.isBlank()) {
                    return finding;
                }
                List<Fix.Edit> edits = new ArrayList<>();
                edits.add(new Fix.Edit(withLine(file.text(), span), ""));
                edits.add(new Fix.Edit(new Span(at, at), call + "\n" + indent));
                return finding.fix(new Fix("Move into model() as dbt.config()", edits));
            }
        }
        return finding.fix("Replace with " + shortened(call), span, call);
    }

    private static Span withLine(String text, Span span) {
        int end = span.end();
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        end = text.startsWith("\r\n", end) ? end + 2 : text.startsWith("\n", end) ? end + 1 : end;
        return new Span(span.start(), end);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
