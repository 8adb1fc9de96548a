package dev.dvtls.cli;

/** Python's ways to write and to order text. */
final class PythonText {
    private PythonText() {}

    /** {@code ascii(value)}. */
    static String ascii(int[] codePoints) {
        return quoted(codePoints);
    }

    /** {@code repr(value)} of bytes, one a number. */
    static String bytes(int[] values) {
        return "b" + quoted(values);
    }

    private static String quoted(int[] codePoints) {
        boolean single = false;
        boolean twin = false;
        for (int c : codePoints) {
            single |= c == '\'';
            twin |= c == '"';
        }
        char quote = single && !twin ? '"' : '\'';
        StringBuilder out = new StringBuilder(codePoints.length + 2).append(quote);
        for (int c : codePoints) {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (c >= ' ' && c < 127) {
                        out.append((char) c);
                    } else if (c < 256) {
                        out.append("\\x%02x".formatted(c));
                    } else if (c < 65536) {
                        out.append("\\u%04x".formatted(c));
                    } else {
                        out.append("\\U%08x".formatted(c));
                    }
                }
            }
        }
        return out.append(quote).toString();
    }

    /** By code points, as Python does; Java orders by UTF-16 units. */
    static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for characters past all others. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
