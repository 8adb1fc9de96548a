package dev.dvtls.python;

import dev.dvtls.text.Span;

/** A syntax error: a sentence for the user and where it is. */
public record SyntaxProblem(Span span, String message) {}
