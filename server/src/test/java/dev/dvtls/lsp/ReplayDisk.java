package dev.dvtls.lsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;

/** The files of a workspace, and a watcher that tells of their changes when it likes. */
final class ReplayDisk {
    final Path root;
    private final List<FileEvent> untold = new ArrayList<>();

    ReplayDisk(Path root) {
        this.root = root;
    }

    Path path(String place) {
        return root.resolve(place);
    }

    String relative(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    /** Files below a place, sorted. */
    List<String> files(String place) {
        if (!Files.exists(path(place))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path(place))) {
            return all.filter(Files::isRegularFile).map(this::relative).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isFile(String place) {
        return Files.isRegularFile(path(place));
    }

    /** Where a file can be made: nothing there, and no file in the way. */
    boolean isFree(String place) {
        for (int slash = place.lastIndexOf('/');
                slash > 0;
                slash = place.lastIndexOf('/', slash - 1)) {
            if (isFile(place.substring(0, slash))) {
                return false;
            }
        }
        return !Files.exists(path(place));
    }

    String read(String file) {
        try {
            return new String(Files.readAllBytes(path(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        boolean there = Files.exists(path(file));
        if ((!there && !isFree(file)) || Files.isDirectory(path(file))) {
            return;
        }
        try {
            Files.createDirectories(path(file).resolve("..").normalize());
            Files.writeString(path(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        happened(file, there ? FileChangeType.Changed : FileChangeType.Created);
    }

    void delete(String place, boolean each) {
        List<String> files = files(place);
        if (!Files.exists(path(place))) {
            return;
        }
        try (Stream<Path> all = Files.walk(path(place))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell(place, files, FileChangeType.Deleted, each);
    }

    boolean move(String from, String to, boolean each) {
        List<String> before = files(from);
        if (before.isEmpty() || !isFree(to) || path(to).startsWith(path(from))) {
            return false;
        }
        try {
            Files.createDirectories(path(to).resolve("..").normalize());
            Files.move(path(from), path(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell(from, before, FileChangeType.Deleted, each);
        tell(to, files(to), FileChangeType.Created, each);
        return true;
    }

    private void tell(String place, List<String> files, FileChangeType type, boolean each) {
        if (each) {
            files.forEach(file -> happened(file, type));
        } else {
            happened(place, type);
        }
    }

    private void happened(String place, FileChangeType type) {
        untold.add(new FileEvent(Uris.of(path(place)), type));
    }

    /** What happened and was not told never will be: watchers lose events when there are many. */
    void loseEvents() {
        untold.clear();
    }

    /** Events in any order; the rest is told later. */
    List<FileEvent> take(long order, int most) {
        Collections.shuffle(untold, new Random(order));
        List<FileEvent> some = untold.subList(0, Math.min(most, untold.size()));
        List<FileEvent> taken = List.copyOf(some);
        some.clear();
        return taken;
    }
}
