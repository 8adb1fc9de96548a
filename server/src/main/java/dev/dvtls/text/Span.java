package dev.dvtls.text;

/**
 * A half-open range of a text, in UTF-16 code units from the start of the file.
 *
 * @param start first code unit
 * @param end one past the last; {@code end >= start}
 */
public record Span(int start, int end) {
    public static final Span NONE = new Span(0, 0);

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("Not a span: " + start + ".." + end);
        }
    }

    public int length() {
        return end - start;
    }

    /** True when the offset is inside or at either edge, as a cursor is. */
    public boolean touches(int offset) {
        return start <= offset && offset <= end;
    }

    /** True when the other one is inside, or the same. */
    public boolean encloses(Span other) {
        return start <= other.start && other.end <= end;
    }

    public String of(CharSequence text) {
        return text.subSequence(start, end).toString();
    }
}
