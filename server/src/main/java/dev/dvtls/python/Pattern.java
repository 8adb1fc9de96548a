package dev.dvtls.python;

import java.util.List;
import java.util.Optional;

/** A pattern of a {@code case} (PEP 634). */
public sealed interface Pattern extends Node {
    /** A literal or a dotted name. */
    record Value(int start, int end, Expr value) implements Pattern {}

    /** {@code pattern as name}; without a pattern a capture, without either {@code _}. */
    record As(int start, int end, Optional<Pattern> pattern, Optional<Expr.Name> name)
            implements Pattern {}

    record Or(int start, int end, List<Pattern> alternatives) implements Pattern {}

    record Sequence(int start, int end, List<Pattern> items) implements Pattern {}

    /** {@code *name}; no name for {@code *_}. */
    record Star(int start, int end, Optional<Expr.Name> name) implements Pattern {}

    record Mapping(
            int start, int end, List<Expr> keys, List<Pattern> values, Optional<Expr.Name> rest)
            implements Pattern {}

    record ClassPattern(
            int start,
            int end,
            Expr type,
            List<Pattern> positional,
            List<String> keywords,
            List<Pattern> keywordPatterns)
            implements Pattern {}
}
