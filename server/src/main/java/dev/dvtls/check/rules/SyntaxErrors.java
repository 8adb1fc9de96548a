package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.python.SyntaxProblem;
import java.util.function.Consumer;

/** What the parser could not read. */
final class SyntaxErrors implements Rule {
    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (SyntaxProblem problem : file.model().problems()) {
            found.accept(
                    Finding.of(file, Code.SYNTAX_ERROR, problem.span(), sentence(problem.message()))
                            .problem());
        }
    }

    private static String sentence(String message) {
        String trimmed = message.strip();
        if (trimmed.isEmpty()) {
            return "This cannot be read.";
        }
        String upper = Character.toUpperCase(trimmed.charAt(0)) + trimmed.substring(1);
        char last = upper.charAt(upper.length() - 1);
        return Character.isLetterOrDigit(last) || last == '\'' || last == ')' ? upper + "." : upper;
    }
}
