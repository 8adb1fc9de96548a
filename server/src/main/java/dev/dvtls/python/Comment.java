package dev.dvtls.python;

import dev.dvtls.text.Span;

/** A comment, from its {@code #} to the end of its line. */
public record Comment(Span span) {}
