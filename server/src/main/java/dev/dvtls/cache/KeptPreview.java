package dev.dvtls.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.dvtls.cache.CachedRelation.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A frame that a preview computed, and that is kept to be looked at in pages.
 *
 * @param id names it in its project
 * @param model unique id of the node
 * @param columns with DuckDB's types, in their order
 * @param rows that are kept
 * @param total rows that there are; empty: not counted
 * @param more there are others than those that are kept
 * @param at when it was computed
 * @param upstream what it was computed from, as far as rows were brought
 */
public record KeptPreview(
        String id,
        String model,
        String name,
        List<Column> columns,
        long rows,
        OptionalLong total,
        boolean more,
        Instant at,
        List<Read> upstream) {

    /**
     * Something that the model read.
     *
     * @param from {@code cache}, {@code fixture}, or the output that it came from just then
     * @param at how old its rows are
     */
    public record Read(String name, String from, Instant at) {}

    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("preview", id);
        json.addProperty("model", model);
        json.addProperty("name", name);
        JsonArray described = new JsonArray();
        for (Column column : columns) {
            JsonObject one = new JsonObject();
            one.addProperty("name", column.name());
            one.addProperty("type", column.type());
            described.add(one);
        }
        json.add("columns", described);
        json.addProperty("kept", rows);
        total.ifPresent(count -> json.addProperty("rowCount", count));
        json.addProperty("more", more);
        json.addProperty("at", at.toString());
        JsonArray reads = new JsonArray();
        for (Read read : upstream) {
            JsonObject one = new JsonObject();
            one.addProperty("name", read.name());
            one.addProperty("from", read.from());
            one.addProperty("at", read.at().toString());
            reads.add(one);
        }
        json.add("upstream", reads);
        return json;
    }

    /**
     * @throws RuntimeException when it is not what {@link #json} writes
     */
    static KeptPreview of(JsonObject json) {
        List<Column> columns = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray("columns")) {
            JsonObject one = element.getAsJsonObject();
            columns.add(new Column(one.get("name").getAsString(), one.get("type").getAsString()));
        }
        List<Read> reads = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray("upstream")) {
            JsonObject one = element.getAsJsonObject();
            reads.add(
                    new Read(
                            one.get("name").getAsString(),
                            one.get("from").getAsString(),
                            Instant.parse(one.get("at").getAsString())));
        }
        return new KeptPreview(
                json.get("preview").getAsString(),
                json.get("model").getAsString(),
                json.get("name").getAsString(),
                List.copyOf(columns),
                json.get("kept").getAsLong(),
                json.has("rowCount")
                        ? OptionalLong.of(json.get("rowCount").getAsLong())
                        : OptionalLong.empty(),
                json.get("more").getAsBoolean(),
                Instant.parse(json.get("at").getAsString()),
                List.copyOf(reads));
    }
}
