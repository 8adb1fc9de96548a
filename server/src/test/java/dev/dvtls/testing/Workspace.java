package dev.dvtls.testing;

import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * A project in a temporary folder, written from one text:
 *
 * <pre>
 * //- models/a.py
 * def model(dbt, session):
 *     return dbt.ref("$0")
 * //- seeds/b.csv
 * id
 * </pre>
 *
 * A {@code dbt_project.yml} of a project named {@code shop} is added where the text has none at the
 * root. {@code $0} marks the cursor and is not written. The folder goes when the tests end.
 */
public final class Workspace {
    /**
     * @param offset UTF-16 code units from the start of the file
     */
    public record Cursor(Path file, int offset) {}

    private static final String MARKER = "$0";
    private static final Queue<Path> FOLDERS = new ConcurrentLinkedQueue<>();

    private final Path root;
    private final Optional<Cursor> cursor;

    private Workspace(Path root, Optional<Cursor> cursor) {
        this.root = root;
        this.cursor = cursor;
    }

    public static Workspace of(String fixture) {
        Map<String, String> files = split(fixture);
        files.putIfAbsent("dbt_project.yml", "name: shop\nprofile: shop\n");
        try {
            Path root = Files.createTempDirectory("dvt ls").toRealPath();
            FOLDERS.add(root);
            Optional<Cursor> cursor = Optional.empty();
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                int at = file.getValue().indexOf(MARKER);
                if (at >= 0) {
                    cursor = Optional.of(new Cursor(path, at));
                }
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue().replace(MARKER, ""));
            }
            return new Workspace(root, cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> split(String fixture) {
        Map<String, String> files = new LinkedHashMap<>();
        Optional<String> name = Optional.empty();
        for (String line : fixture.split("(?<=\n)")) {
            if (line.startsWith("//- ")) {
                name = Optional.of(line.substring(4).strip());
                files.put(name.get(), "");
            } else if (name.isPresent()) {
                files.merge(name.get(), line, String::concat);
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("Text before the first //- header: " + line);
            }
        }
        return files;
    }

    /** The folder, links resolved; its name has a space, as users' folders do. */
    public Path root() {
        return root;
    }

    /** A file's path, whether there is such a file or not. */
    public Path path(String relative) {
        return root.resolve(relative);
    }

    public String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String relative, String text) {
        try {
            Files.createDirectories(path(relative).getParent());
            Files.writeString(path(relative), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Cursor cursor() {
        return cursor.orElseThrow(() -> new IllegalStateException("The fixture has no $0."));
    }

    /** The project at the root, read from disk now. */
    public ProjectManifest manifest() {
        return ProjectLoader.load(root);
    }

    /** Those of all fixtures go. */
    static void deleteAll() {
        for (Path folder = FOLDERS.poll(); folder != null; folder = FOLDERS.poll()) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Workspace::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("A fixture's folder stays: " + e); // the others go
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
