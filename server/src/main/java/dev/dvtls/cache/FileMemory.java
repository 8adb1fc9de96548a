package dev.dvtls.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * What files say, read anew only when they have changed. Thread-safe.
 *
 * @param <T> what is made of a file
 */
public final class FileMemory<T> {
    private record Version(FileTime modified, long size, Optional<Object> file) {}

    private record Seen<T>(Version version, T value) {}

    private final ConcurrentMap<Path, Seen<T>> seen = new ConcurrentHashMap<>();

    /**
     * @param read makes the value; must be fine with a file that is just being written
     * @return empty when there is no such file
     */
    public Optional<T> get(Path file, Function<Path, T> read) {
        Version version;
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            version =
                    new Version(
                            now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()));
        } catch (IOException e) {
            seen.remove(file);
            return Optional.empty();
        }
        Seen<T> before = seen.get(file);
        if (before != null && before.version().equals(version)) {
            return Optional.of(before.value());
        }
        T value = read.apply(file);
        seen.put(file, new Seen<>(version, value));
        return Optional.of(value);
    }
}
