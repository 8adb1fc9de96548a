package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.cache.AtomicFiles;
import dev.dvtls.cache.CacheKey;
import dev.dvtls.cache.DvtFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What catalogs said of tables, from run to run: a file a table below {@code .dvt/catalog}. Whoever
 * relies on it has the database compare; so what is outdated, lost or spoiled costs time only.
 */
final class KnownTables {
    private static final String FOLDER = "catalog";

    private final Path projectDir;

    KnownTables(Path projectDir) {
        this.projectDir = projectDir;
    }

    /**
     * Hands it out once.
     *
     * @param connection its name
     * @param question that the catalog was asked
     */
    Optional<JsonObject> take(String connection, String question) {
        try {
            Path file = file(connection, question);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String text = Files.readString(file);
            Files.delete(file);
            return Optional.of(JsonParser.parseString(text).getAsJsonObject())
                    .filter(KnownTables::isWhole);
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    void forget(String connection, String question) {
        try {
            Files.deleteIfExists(file(connection, question));
        } catch (IOException e) {
            // then a statement that relies on it fails, and it is asked anew
        }
    }

    private static boolean isWhole(JsonObject answer) {
        return answer.has("shape")
                && answer.get("shape").isJsonObject()
                && answer.has("digest")
                && answer.get("digest").isJsonPrimitive();
    }

    void put(String connection, String question, JsonObject answer) {
        try {
            DvtFolder.open(projectDir).folder(FOLDER);
            AtomicFiles.write(
                    file(connection, question), answer.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // then the next run looks
        }
    }

    private Path file(String connection, String question) {
        return projectDir
                .resolve(".dvt")
                .resolve(FOLDER)
                .resolve(CacheKey.segment(connection + " " + question) + ".json");
    }
}
