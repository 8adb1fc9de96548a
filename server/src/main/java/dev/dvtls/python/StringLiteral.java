package dev.dvtls.python;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The value of a string literal and where each character of it stands in the source, so that a
 * place inside a SQL string can be shown to the user.
 *
 * <p>Decoding is lazy where there are escapes; values are equal when their values and places are.
 */
public final class StringLiteral {
    private static final int NOT_VERBATIM =
            StringFlags.ESCAPES | StringFlags.CARRIAGE_RETURN | StringFlags.BRACES;

    private final String source;
    private final int contentStart;
    private final int contentEnd;
    private final int flags;

    /** The adjacent literals that this one joins; empty for a literal of one piece. */
    private final List<StringLiteral> pieces;

    // Computed once asked for; the race of two threads has one result.
    private StringDecoder.@Nullable Decoded decoded;

    private StringLiteral(
            String source,
            int contentStart,
            int contentEnd,
            int flags,
            List<StringLiteral> pieces) {
        this.source = source;
        this.contentStart = contentStart;
        this.contentEnd = contentEnd;
        this.flags = flags;
        this.pieces = pieces;
    }

    /** One literal: a range of the source between quotes, and {@link StringFlags}. */
    static StringLiteral piece(String source, int contentStart, int contentEnd, int flags) {
        boolean raw = (flags & StringFlags.RAW) != 0;
        int kept = raw ? flags & ~(StringFlags.ESCAPES | StringFlags.CHECK) : flags;
        return new StringLiteral(source, contentStart, contentEnd, kept, List.of());
    }

    /** Adjacent literals, two or more. */
    static StringLiteral joined(List<StringLiteral> pieces) {
        StringLiteral first = pieces.get(0);
        StringLiteral last = pieces.get(pieces.size() - 1);
        int all = pieces.stream().mapToInt(piece -> piece.flags).reduce(0, (a, b) -> a | b);
        return new StringLiteral(
                first.source, first.contentStart, last.contentEnd, all, List.copyOf(pieces));
    }

    public String value() {
        if (!pieces.isEmpty()) {
            StringBuilder joined = new StringBuilder();
            pieces.forEach(piece -> joined.append(piece.value()));
            return joined.toString();
        }
        return isVerbatim() ? source.substring(contentStart, contentEnd) : decoded().text();
    }

    /**
     * The value as Python counts it. Differs from {@link #value()} only where escapes give the two
     * halves of a surrogate pair: Python keeps them apart.
     */
    public IntStream codePoints() {
        if (!pieces.isEmpty()) {
            return pieces.stream().flatMapToInt(StringLiteral::codePoints);
        }
        return isVerbatim() ? value().codePoints() : decoded().codePoints();
    }

    public boolean isBytes() {
        return (flags & StringFlags.BYTES) != 0;
    }

    /** The source offset of a character of {@link #value()}; its length gives the content end. */
    public int sourceOffset(int valueIndex) {
        int index = valueIndex;
        for (StringLiteral piece : pieces) {
            int length = piece.value().length();
            if (index < length) {
                return piece.sourceOffset(index);
            }
            index -= length;
        }
        if (!pieces.isEmpty()) {
            return contentEnd;
        }
        return isVerbatim()
                ? Math.min(contentStart + index, contentEnd)
                : decoded().offset(index, contentEnd);
    }

    /** First offset of the content of the first piece (after prefix and quote). */
    public int contentStart() {
        return contentStart;
    }

    /** One past the content of the last piece (before its closing quote). */
    public int contentEnd() {
        return contentEnd;
    }

    /**
     * True when every piece is one run of text without prefix escapes, so that the content can be
     * replaced as it is.
     */
    public boolean isSimple() {
        return pieces.isEmpty() && isVerbatim();
    }

    private boolean isVerbatim() {
        return (flags & NOT_VERBATIM) == 0;
    }

    private StringDecoder.Decoded decoded() {
        StringDecoder.Decoded there = decoded;
        if (there == null) {
            there = StringDecoder.decode(source, contentStart, contentEnd, flags);
            decoded = there;
        }
        return there;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StringLiteral that
                && contentStart == that.contentStart
                && contentEnd == that.contentEnd
                && flags == that.flags
                && pieces.equals(that.pieces)
                && (!pieces.isEmpty()
                        || source.regionMatches(
                                contentStart,
                                that.source,
                                contentStart,
                                contentEnd - contentStart));
    }

    @Override
    public int hashCode() {
        return value().hashCode() * 31 + contentStart;
    }

    @Override
    public String toString() {
        return value();
    }
}
