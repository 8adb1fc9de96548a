package dev.dvtls.assist;

import dev.dvtls.manifest.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * SQL as it stands in a file: as long as there, blank where the file has no SQL (quotes, escapes,
 * Jinja), and a word where something is put in ({@code {x}} of an f-string).
 *
 * @param start offset in the file
 * @param nodes what is put in, by its offset in the SQL, where it is the name of a relation
 */
record SqlText(String sql, int start, Map<Integer, Node> nodes) {

    /** What the word of something put in consists of: a letter, so that it is a name in SQL. */
    static final char HOLE = '\u0298';

    /** What stands in the hole of an f-string or of a template, if it is a relation. */
    interface Holes extends Function<String, Optional<Node>> {}

    /** The string around the cursor, with the literals that are joined to it. */
    static SqlText ofPython(String text, Cursor.InString string, int cursor, Holes holes) {
        int start =
                string.before().isEmpty() ? string.contentStart() : string.before().get(0).start();
        PythonLiterals.Rest rest = PythonLiterals.after(text, string, cursor);
        Builder builder = new Builder(text, start, rest.end(), holes);
        string.before().forEach(builder::literal);
        rest.pieces().forEach(builder::literal);
        return builder.built();
    }

    /** Copies what is SQL into a text of blanks. */
    private static final class Builder {
        private final String text;
        private final int start;
        private final StringBuilder sql;
        private final Holes holes;
        private final Map<Integer, Node> nodes = new HashMap<>();

        Builder(String text, int start, int end, Holes holes) {
            this.text = text;
            this.start = start;
            this.holes = holes;
            this.sql = new StringBuilder(" ".repeat(Math.max(0, end - start)));
        }

        SqlText built() {
            return new SqlText(sql.toString(), start, Map.copyOf(nodes));
        }

        void literal(Cursor.Piece piece) {
            int i = piece.start();
            while (i < piece.end()) {
                char c = text.charAt(i);
                if (c == '\\' && !piece.raw()) {
                    if (i + 1 < piece.end() && "'\"\\".indexOf(text.charAt(i + 1)) >= 0) {
                        put(i + 1, text.charAt(i + 1));
                    }
                    i += 2;
                } else if (c == '{' && piece.formatted()) {
                    boolean brace = i + 1 < piece.end() && text.charAt(i + 1) == '{';
                    i = brace ? i + 2 : hole(i, piece.end());
                } else {
                    put(i, c);
                    i++;
                }
            }
        }

        private int hole(int open, int limit) {
            int depth = 1;
            int i = open + 1;
            while (i < limit && depth > 0) {
                depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
                i++;
            }
            for (int at = open; at < i; at++) {
                put(at, HOLE);
            }
            if (depth == 0) {
                holes.apply(text.substring(open + 1, i - 1))
                        .ifPresent(node -> nodes.put(open - start, node));
            }
            return i;
        }

        private void put(int at, char c) {
            sql.setCharAt(at - start, c);
        }
    }
}
