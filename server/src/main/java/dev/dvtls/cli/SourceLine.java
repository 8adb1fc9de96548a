package dev.dvtls.cli;

/**
 * A line of a file as a terminal shows it, and where a range of it is: tabs as four spaces, control
 * characters as one space, a very long line cut around the range.
 *
 * @param before terminal columns before the range
 * @param width terminal columns of the range; at least 1
 */
record SourceLine(String text, int before, int width) {
    private static final int TAB = 4;
    private static final int LONGEST = 200;
    private static final int AROUND = 80;

    /**
     * @param from first column of the range, from 0, in code points
     * @param to one past its last
     */
    static SourceLine of(String line, int from, int to) {
        int[] characters = line.codePoints().toArray();
        int first = 0;
        int last = characters.length;
        if (characters.length > LONGEST) {
            first = Math.max(0, Math.min(from, characters.length) - AROUND);
            last = Math.min(characters.length, Math.max(first + LONGEST, from + 1));
        }
        StringBuilder text = new StringBuilder(first > 0 ? "..." : "");
        int column = text.length();
        int before = column;
        int end = column;
        for (int i = first; i < last; i++) {
            if (i == from) {
                before = column;
            }
            column += append(text, characters[i]);
            if (i < to) {
                end = column;
            }
        }
        if (from >= last) {
            before = column;
        }
        if (last < characters.length) {
            text.append("...");
        }
        return new SourceLine(text.toString(), before, Math.max(1, end - before));
    }

    /** Appends a character; how many terminal columns it takes. */
    private static int append(StringBuilder text, int character) {
        if (character == '\t') {
            text.append(" ".repeat(TAB));
            return TAB;
        }
        if (Character.isISOControl(character) || character == 0xFEFF) {
            text.append(' ');
            return 1;
        }
        text.appendCodePoint(character);
        return width(character);
    }

    /**
     * 2 for what East Asian fonts draw wide and for emoji, 0 for marks, else 1 (UAX 11, roughly).
     */
    static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        boolean wide =
                (c >= 0x1100 && c <= 0x115F)
                        || (c >= 0x2E80 && c <= 0x303E)
                        || (c >= 0x3041 && c <= 0xA4CF)
                        || (c >= 0xAC00 && c <= 0xD7A3)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0xFE30 && c <= 0xFE6F)
                        || (c >= 0xFF00 && c <= 0xFF60)
                        || (c >= 0xFFE0 && c <= 0xFFE6)
                        || (c >= 0x1F300 && c <= 0x1F64F)
                        || (c >= 0x1F680 && c <= 0x1F6FF)
                        || (c >= 0x1F900 && c <= 0x1FAFF)
                        || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
