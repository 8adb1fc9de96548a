package dev.dvtls.python;

import java.util.List;

/** An expression. An optional child that is not there is {@link Missing#NONE}, never null. */
public sealed interface Expr extends Node {

    /** False for {@link Missing} only. */
    default boolean isPresent() {
        return !(this instanceof Missing);
    }

    /**
     * No expression: an optional one left out, or one that the text should have here (then a syntax
     * error says so).
     */
    record Missing(int start, int end) implements Expr {
        public static final Missing NONE = new Missing(0, 0);
    }

    record Name(int start, int end, String id) implements Expr {}

    /**
     * A string or bytes literal, adjacent ones joined; see {@link StringLiteral} for its pieces.
     */
    record Str(int start, int end, StringLiteral literal) implements Expr {
        /** The decoded value; for bytes, a character a byte. */
        public String value() {
            return literal.value();
        }

        public boolean isBytes() {
            return literal.isBytes();
        }
    }

    /**
     * An f-string or t-string, adjacent literals joined.
     *
     * @param parts literal pieces ({@link Str}) and holes ({@link Hole}) in source order
     * @param template true for a t-string (3.14)
     */
    record FString(int start, int end, List<Expr> parts, boolean template) implements Expr {}

    /**
     * A replacement field of an f-string.
     *
     * @param spec pieces and holes of the format spec; empty when there is none
     */
    record Hole(int start, int end, Expr value, boolean debug, char conversion, List<Expr> spec)
            implements Expr {}

    /** A number, as written. */
    record Num(int start, int end, String text) implements Expr {}

    /** {@code True}, {@code False}, {@code None} or {@code ...}. */
    record Constant(int start, int end, Kind kind) implements Expr {
        public enum Kind {
            TRUE,
            FALSE,
            NONE,
            ELLIPSIS
        }
    }

    /** {@code value.name}; an unfinished {@code value.} has an empty name at nameStart. */
    record Attribute(int start, int end, Expr value, String name, int nameStart) implements Expr {}

    /**
     * {@code callee(arguments)}.
     *
     * @param open offset of the opening bracket; {@code end} is past the closing one when it is
     *     there
     */
    record Call(int start, int end, Expr callee, List<Arg> arguments, int open, boolean closed)
            implements Expr {}

    record Subscript(int start, int end, Expr value, Expr index) implements Expr {}

    /** {@code lower:upper:step} inside a subscript. */
    record Slice(int start, int end, Expr lower, Expr upper, Expr step) implements Expr {}

    record Binary(int start, int end, Expr left, String operator, Expr right) implements Expr {}

    record Unary(int start, int end, String operator, Expr operand) implements Expr {}

    /** {@code and} / {@code or} over two or more operands. */
    record Bool(int start, int end, String operator, List<Expr> operands) implements Expr {}

    record Compare(int start, int end, Expr left, List<String> operators, List<Expr> comparators)
            implements Expr {}

    record Conditional(int start, int end, Expr body, Expr test, Expr orElse) implements Expr {}

    record Lambda(int start, int end, Parameters parameters, Expr body) implements Expr {}

    record Tuple(int start, int end, List<Expr> items) implements Expr {}

    record ListExpr(int start, int end, List<Expr> items) implements Expr {}

    record SetExpr(int start, int end, List<Expr> items) implements Expr {}

    /** Keys and values pairwise; the key of {@code **other} is {@link Missing#NONE}. */
    record Dict(int start, int end, List<Expr> keys, List<Expr> values) implements Expr {}

    /** A comprehension or generator; {@code value} is present for a dict's only. */
    record Comp(
            int start, int end, Kind kind, Expr element, Expr value, List<Comprehension> clauses)
            implements Expr {
        public enum Kind {
            LIST,
            SET,
            DICT,
            GENERATOR
        }
    }

    record Await(int start, int end, Expr value) implements Expr {}

    record Yield(int start, int end, Expr value, boolean from) implements Expr {}

    record Starred(int start, int end, Expr value) implements Expr {}

    /** {@code target := value}. */
    record Walrus(int start, int end, Name target, Expr value) implements Expr {}
}
