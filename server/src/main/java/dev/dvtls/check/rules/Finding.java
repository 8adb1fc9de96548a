package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A problem on its way to be one: what, where, then help, fixes and related places. */
record Finding(Problem problem) {

    static Finding of(CheckedFile file, Code code, Span span, String message) {
        return of(file.model().path(), code, span, message);
    }

    static Finding of(Path file, Code code, Span span, String message) {
        return new Finding(
                new Problem(file, span, code, code.severity(), message, "", List.of(), List.of()));
    }

    Finding as(Severity severity) {
        Problem p = problem;
        return new Finding(
                new Problem(
                        p.file(),
                        p.span(),
                        p.code(),
                        severity,
                        p.message(),
                        p.help(),
                        p.fixes(),
                        p.related()));
    }

    Finding help(String help) {
        Problem p = problem;
        return new Finding(
                new Problem(
                        p.file(),
                        p.span(),
                        p.code(),
                        p.severity(),
                        p.message(),
                        help,
                        p.fixes(),
                        p.related()));
    }

    /** A fix for each name that could have been meant. */
    Finding replacements(Span span, List<String> names) {
        Finding finding = this;
        for (String name : names) {
            finding = finding.fix("Replace with '" + name + "'", span, name);
        }
        return finding;
    }

    Finding fix(String title, Span span, String newText) {
        return fix(new Fix(title, List.of(new Fix.Edit(span, newText))));
    }

    /** One that {@code --fix} applies unasked. */
    Finding sureFix(String title, Span span, String newText) {
        return fix(new Fix(title, List.of(new Fix.Edit(span, newText))).asSure());
    }

    Finding fix(Fix fix) {
        Problem p = problem;
        List<Fix> fixes = new ArrayList<>(p.fixes());
        fixes.add(fix);
        return new Finding(
                new Problem(
                        p.file(),
                        p.span(),
                        p.code(),
                        p.severity(),
                        p.message(),
                        p.help(),
                        List.copyOf(fixes),
                        p.related()));
    }

    Finding related(Path file, Span span, String message) {
        Problem p = problem;
        List<Problem.Related> related = new ArrayList<>(p.related());
        related.add(new Problem.Related(file, span, message));
        return new Finding(
                new Problem(
                        p.file(),
                        p.span(),
                        p.code(),
                        p.severity(),
                        p.message(),
                        p.help(),
                        p.fixes(),
                        List.copyOf(related)));
    }
}
