package dev.dvtls.cache;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.cache.CachedRelation.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code types.json} of a folder of fixtures: by file and column, DuckDB's types where the file
 * alone does not tell them.
 */
record FixtureTypes(Path file, Map<String, Map<String, String>> types) {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    static FixtureTypes of(Path folder) throws IOException {
        Path file = folder.resolve("types.json");
        Map<String, Map<String, String>> types = new TreeMap<>();
        try {
            JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            for (Map.Entry<String, JsonElement> one : all.entrySet()) {
                Map<String, String> columns = new LinkedHashMap<>();
                for (var column : one.getValue().getAsJsonObject().entrySet()) {
                    columns.put(column.getKey(), column.getValue().getAsString());
                }
                types.put(one.getKey(), columns);
            }
        } catch (NoSuchFileException e) {
            return new FixtureTypes(file, types);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw new IOException(
                    file + " is no JSON object of column types by file. Mend or delete it.", e);
        }
        return new FixtureTypes(file, types);
    }

    /** By column; a copy. */
    Map<String, String> typesOf(String name) {
        return new LinkedHashMap<>(types.getOrDefault(name, Map.of()));
    }

    FixtureTypes without(String name) {
        Map<String, Map<String, String>> left = new TreeMap<>(types);
        left.remove(name);
        return new FixtureTypes(file, left);
    }

    FixtureTypes with(String name, List<Column> columns) {
        if (columns.isEmpty()) {
            return this;
        }
        Map<String, String> own = new LinkedHashMap<>();
        columns.forEach(column -> own.put(column.name(), column.type()));
        Map<String, Map<String, String>> all = new TreeMap<>(types);
        all.put(name, own);
        return new FixtureTypes(file, all);
    }

    /** No types, no file. */
    void write() throws IOException {
        if (types.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            AtomicFiles.write(file, (PRETTY.toJson(types) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
