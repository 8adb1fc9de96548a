package dev.dvtls.cli;

/** How many columns of a terminal a text takes. Pure. */
final class DisplayWidth {
    /** First and last of what takes two columns: East Asian wide and full-width, emoji. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x231a, 0x231b},
        {0x23e9, 0x23ec},
        {0x25fd, 0x25fe},
        {0x2614, 0x2615},
        {0x2648, 0x2653},
        {0x26a1, 0x26a1},
        {0x26bd, 0x26be},
        {0x2705, 0x2705},
        {0x270a, 0x270b},
        {0x2728, 0x2728},
        {0x274c, 0x274c},
        {0x2753, 0x2757},
        {0x2b50, 0x2b50},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xa960, 0xa97c},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f004, 0x1f004},
        {0x1f18e, 0x1f19a},
        {0x1f1e6, 0x1f265},
        {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff},
        {0x1f7e0, 0x1f7eb},
        {0x1f900, 0x1f9ff},
        {0x1fa70, 0x1faff},
        {0x20000, 0x3fffd}
    };

    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || type == Character.CONTROL) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint < range[0]) {
                return 1;
            } else if (codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** The beginning of a text that fits, with an ellipsis where something is cut off. */
    static String cut(String text, int most) {
        if (of(text) <= most) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int width = 1; // the ellipsis
        for (int codePoint : (Iterable<Integer>) text.codePoints()::iterator) {
            width += of(codePoint);
            if (width > most) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return kept + "…";
    }
}
