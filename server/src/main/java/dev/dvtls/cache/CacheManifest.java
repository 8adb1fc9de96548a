package dev.dvtls.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.CachedRelation.Part;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON form of a {@link CachedRelation}: {@code manifest.json} beside its files. */
final class CacheManifest {
    private static final int VERSION = 2;

    private CacheManifest() {}

    static String write(CachedRelation relation) {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("origin", relation.origin());
        json.addProperty("loadId", relation.loadId());
        json.addProperty("at", relation.at().toString());
        JsonArray keys = new JsonArray();
        relation.keys().forEach(keys::add);
        json.add("keys", keys);
        json.add("columns", columns(relation.columns()));
        JsonArray parts = new JsonArray();
        for (Part part : relation.parts()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("kind", part.kind().name());
            entry.addProperty("file", String.valueOf(part.file().getFileName()));
            entry.addProperty("rows", part.rows());
            entry.addProperty("bytes", part.bytes());
            if (!part.columns().equals(relation.columns())) {
                entry.add("columns", columns(part.columns()));
            }
            parts.add(entry);
        }
        json.add("parts", parts);
        return json.toString();
    }

    private static JsonArray columns(List<Column> columns) {
        JsonArray array = new JsonArray();
        for (Column column : columns) {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", column.name());
            entry.addProperty("type", column.type());
            array.add(entry);
        }
        return array;
    }

    private static List<Column> columns(JsonArray array) {
        List<Column> columns = new ArrayList<>();
        for (JsonElement element : array) {
            JsonObject entry = element.getAsJsonObject();
            columns.add(
                    new Column(entry.get("name").getAsString(), entry.get("type").getAsString()));
        }
        return List.copyOf(columns);
    }

    /**
     * Empty when the text is not ours: another version, or damaged. The cache is then as if new.
     */
    static Optional<CachedRelation> read(String text, Path folder) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            if (json.get("version").getAsInt() != VERSION) {
                return Optional.empty();
            }
            List<String> keys = new ArrayList<>();
            json.getAsJsonArray("keys").forEach(key -> keys.add(key.getAsString()));
            List<Column> columns = columns(json.getAsJsonArray("columns"));
            List<Part> parts = new ArrayList<>();
            for (JsonElement element : json.getAsJsonArray("parts")) {
                JsonObject entry = element.getAsJsonObject();
                Path name = Path.of(entry.get("file").getAsString()).getFileName();
                parts.add(
                        new Part(
                                Part.Kind.valueOf(entry.get("kind").getAsString()),
                                folder.resolve(String.valueOf(name)),
                                entry.get("rows").getAsLong(),
                                entry.get("bytes").getAsLong(),
                                entry.has("columns")
                                        ? columns(entry.getAsJsonArray("columns"))
                                        : columns));
            }
            return parts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new CachedRelation(
                                    json.get("origin").getAsString(),
                                    json.get("loadId").getAsString(),
                                    List.copyOf(keys),
                                    columns,
                                    Instant.parse(json.get("at").getAsString()),
                                    List.copyOf(parts)));
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException // a key that is missing
                | UnsupportedOperationException
                | ClassCastException
                | DateTimeException e) {
            return Optional.empty();
        }
    }
}
