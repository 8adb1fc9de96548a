package dev.dvtls.run.transfer;

import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The home folder that Sling and DuckDB get instead of the user's, so that they neither read nor
 * change {@code ~/.sling} and {@code ~/.duckdb}.
 *
 * @param folder below {@code .dvt/work}
 */
record Home(Path folder) {
    /** Makes the folder and shows the DuckDB program its extensions. */
    static Home in(Path work, Tools tools) throws IOException {
        Path folder = Files.createDirectories(work.resolve("home"));
        if (Files.isDirectory(tools.extensions())) {
            Path there = folder.resolve(".duckdb").resolve("extensions");
            try (Stream<Path> files = Files.walk(tools.extensions())) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    show(file, there.resolve(tools.extensions().relativize(file).toString()));
                }
            }
        }
        return new Home(folder);
    }

    /** A link where the file system has them: an extension is 20 MB. */
    private static void show(Path extension, Path link) throws IOException {
        if (Files.exists(link)) {
            return;
        }
        Files.createDirectories(Objects.requireNonNull(link.getParent()));
        Files.deleteIfExists(link); // a link to tools that are gone
        try {
            Files.createSymbolicLink(link, extension.toRealPath());
        } catch (FileAlreadyExistsException e) {
            return; // another run was quicker
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(extension, link, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The environment of a program: the user's, without settings meant for a Sling of theirs. */
    Map<String, String> environment(Tools tools, Map<String, String> users) {
        Map<String, String> environment = new TreeMap<>(users);
        environment
                .keySet()
                .removeIf(
                        key -> {
                            String name = key.toUpperCase(Locale.ROOT);
                            return name.startsWith("SLING_") || name.startsWith("DUCKDB_");
                        });
        String own = folder.toAbsolutePath().toString();
        String home = users.getOrDefault("HOME", users.getOrDefault("USERPROFILE", own));
        environment.putIfAbsent("CLOUDSDK_CONFIG", home + "/.config/gcloud");
        environment.putIfAbsent("AWS_CONFIG_FILE", home + "/.aws/config");
        environment.putIfAbsent("AWS_SHARED_CREDENTIALS_FILE", home + "/.aws/credentials");
        environment.put("HOME", own);
        environment.put("USERPROFILE", own);
        environment.put("SLING_HOME_DIR", own + "/.sling");
        environment.put("SLING_DISABLE_TELEMETRY", "true");
        environment.put("SLING_LOADED_AT_COLUMN", "false");
        environment.put("SLING_LOGGING", "NO_COLOR");
        environment.put("SLING_ALLOW_EMPTY", "true");
        environment.put("DUCKDB_PATH", tools.duckdb().toAbsolutePath().toString());
        environment.put("DUCKDB_USE_INSTALLED_EXTENSIONS", "true");
        return environment;
    }
}
