package dev.dvtls.sql;

/** What is certain of a SQL text, parts of which are not known. */
public final class SqlHoles {
    private SqlHoles() {}

    /**
     * Where the first part begins that may be more than a name or a value: a hole that is a token
     * by itself, or stands at a reserved word ({@code hint + "select 1"}). What is wrong before it
     * is wrong whatever it holds. A hole inside a literal, a quoted name or a longer name is taken
     * for what it looks like.
     *
     * @param hole the letter that stands for such a part
     * @return {@link Integer#MAX_VALUE} when there is none
     */
    public static int firstFree(String sql, char hole) {
        if (sql.indexOf(hole) >= 0) {
            for (SqlToken token : SqlToken.all(sql)) {
                String known = token.text().replace(String.valueOf(hole), "");
                boolean free =
                        token.kind() == SqlToken.Kind.WORD
                                && token.text().indexOf(hole) >= 0
                                && (known.isEmpty() || SqlIdentifier.isReserved(known));
                if (free) {
                    return token.span().start();
                }
            }
        }
        return Integer.MAX_VALUE;
    }
}
