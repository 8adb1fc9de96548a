package dev.dvtls.sql;

import dev.dvtls.sql.SqlNames.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds tables that columns are called by: the first name of {@code __model__x.id}. */
public final class SqlQualifiers {
    private SqlQualifiers() {}

    /**
     * In order, repeated ones too.
     *
     * @param tables that the SQL reads
     */
    public static List<Found> of(CharSequence sql, List<Found> tables) {
        if (tables.isEmpty()) {
            return List.of();
        }
        Set<String> names = new HashSet<>();
        Set<Object> places = new HashSet<>();
        for (Found table : tables) {
            names.add(SqlNames.lower(table.name()));
            places.add(table.span());
        }
        List<SqlToken> tokens = SqlToken.all(sql);
        List<Found> found = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isName()
                    && tokens.get(i + 1).is(".")
                    && names.contains(SqlNames.lower(token.text()))
                    && !places.contains(token.span())) {
                found.add(new Found(token.text(), token.span()));
            }
        }
        return List.copyOf(found);
    }
}
