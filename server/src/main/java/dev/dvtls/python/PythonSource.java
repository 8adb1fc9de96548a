package dev.dvtls.python;

import dev.dvtls.text.Span;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a Python file from its bytes, in the encoding that its byte order mark or its first
 * two lines name (PEP 263), else in UTF-8.
 *
 * @param text with the byte order mark, if there is one
 * @param problems bytes that are no text, or an encoding that is not known
 */
public record PythonSource(String text, List<SyntaxProblem> problems) {
    private static final Pattern COOKIE =
            Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)");
    private static final Pattern BLANK = Pattern.compile("^[ \\t\\f]*(?:#.*)?$");

    public static PythonSource decode(byte[] bytes) {
        boolean mark =
                bytes.length >= 3
                        && bytes[0] == (byte) 0xef
                        && bytes[1] == (byte) 0xbb
                        && bytes[2] == (byte) 0xbf;
        String name = cookie(bytes, mark ? 3 : 0).orElse("utf-8");
        Optional<Charset> charset = charset(name);
        if (charset.isEmpty()) {
            return lossy(bytes, "unknown encoding: " + name);
        }
        if (mark && !isUtf8(normal(name))) {
            return lossy(
                    bytes, "encoding problem: %s with a UTF-8 byte order mark".formatted(name));
        }
        try {
            String text =
                    charset.get()
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return new PythonSource(text, List.of());
        } catch (CharacterCodingException malformed) {
            return lossy(
                    bytes,
                    "(unicode error) '%s' codec can't decode the file: save it as UTF-8, or name its"
                                    .formatted(name)
                            + " encoding in a comment on the first line");
        }
    }

    private static PythonSource lossy(byte[] bytes, String message) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int bad = Math.max(0, text.indexOf('\ufffd'));
        return new PythonSource(text, List.of(new SyntaxProblem(new Span(bad, bad), message)));
    }

    private static Optional<String> cookie(byte[] bytes, int from) {
        int start = from;
        for (int line = 0; line < 2; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            Matcher cookie = COOKIE.matcher(text);
            if (cookie.find()) {
                return Optional.of(cookie.group(1));
            }
            if (!BLANK.matcher(text).matches()) {
                return Optional.empty();
            }
            boolean two = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
            start = Math.min(bytes.length, end + (two ? 2 : 1));
        }
        return Optional.empty();
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As CPython compares: after a byte order mark, {@code utf8} is not accepted. */
    private static boolean isUtf8(String normal) {
        return normal.equals("utf-8") || normal.startsWith("utf-8-");
    }

    /** By Python's names for encodings, where they differ from Java's. */
    private static Optional<Charset> charset(String name) {
        String normal = normal(name);
        if (isUtf8(normal) || normal.equals("u8")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (normal.matches("(latin-1|iso-8859-1|iso-latin-1|l1)(-.*)?")) {
            return Optional.of(StandardCharsets.ISO_8859_1);
        }
        try {
            return Optional.of(Charset.forName(normal.replaceFirst("^latin-?(\\d+)$", "latin$1")));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }
}
