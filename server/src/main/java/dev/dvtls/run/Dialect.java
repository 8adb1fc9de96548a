package dev.dvtls.run;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a type of database writes a table's name in SQL, by the table {@code dialects.json}: as dbt's
 * adapters do, so that compiled text reads the same.
 *
 * @param quote before and after a quoted name
 * @param quoted names are quoted by default; else only where they are no plain words
 * @param database a name may have the database in front
 */
record Dialect(List<String> quote, boolean quoted, boolean database) {
    private static final Map<String, Dialect> DIALECTS = read();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Standard SQL's for a type that the table does not have. */
    static Dialect of(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return DIALECTS.getOrDefault(
                name.equals("postgresql") ? "postgres" : name,
                new Dialect(List.of("\"", "\""), true, false));
    }

    String name(String identifier) {
        if (!quoted && PLAIN.matcher(identifier).matches()) {
            return identifier;
        }
        String after = quote.get(1);
        return quote.get(0) + identifier.replace(after, after + after) + after;
    }

    /** The pieces of a full name in order: what dots join. */
    Map<String, String> parts(Relation relation) {
        Map<String, String> parts = new LinkedHashMap<>();
        Optional<String> before = database ? relation.database() : Optional.empty();
        before.filter(d -> !d.isBlank()).ifPresent(d -> parts.put("database", name(d)));
        if (!relation.schema().isBlank()) {
            parts.put("schema", name(relation.schema()));
        }
        parts.put("identifier", name(relation.identifier()));
        return parts;
    }

    private static Map<String, Dialect> read() {
        try (InputStream in =
                Objects.requireNonNull(Dialect.class.getResourceAsStream("dialects.json"))) {
            return new Gson()
                    .fromJson(
                            new InputStreamReader(in, StandardCharsets.UTF_8),
                            new TypeToken<Map<String, Dialect>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
