package dev.dvtls.run;

import dev.dvtls.cache.AtomicFiles;
import dev.dvtls.cache.DvtFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The worker's Python files: they travel in the jar and are unpacked where Python can read them.
 */
final class WorkerFiles {
    private static final String MAIN = "python/dvt_worker/__main__.py";

    /** Each run says that it uses its own: what was not used for so long is left over. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private WorkerFiles() {}

    /**
     * Unpacks the package, once per build: what Python compiles of it is kept beside it.
     *
     * @return the folder for {@code PYTHONPATH}
     */
    static Path unpack(DvtFolder dvt) throws IOException {
        Optional<Path> jar = jar();
        // A run does not wait for all files to be read out of the jar.
        String build = jar.isPresent() ? stamp(jar.get()) : digest(files(jar));
        Path home = dvt.folder("worker").resolve(build);
        if (Files.isDirectory(home)) {
            inUse(home);
        } else {
            forgetOld(dvt.folder("worker"));
            Path aside = dvt.folder("worker").resolve("." + UUID.randomUUID());
            for (Map.Entry<String, byte[]> file : files(jar).entrySet()) {
                Path path = aside.resolve(file.getKey());
                Path folder = path.getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.write(path, file.getValue());
            }
            try {
                Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                AtomicFiles.deleteTree(aside);
                if (!Files.isDirectory(home)) { // else another process was quicker
                    throw e;
                }
            }
        }
        return home;
    }

    private static void inUse(Path home) {
        try {
            Files.setLastModifiedTime(home, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return; // it may be taken for old one day, and is unpacked again then
        }
    }

    /** What earlier builds unpacked, unless a program may still run from it. */
    private static void forgetOld(Path folder) {
        Instant then = Instant.now().minus(UNUSED);
        try (DirectoryStream<Path> builds = Files.newDirectoryStream(folder)) {
            for (Path build : builds) {
                if (Files.getLastModifiedTime(build).toInstant().isBefore(then)) {
                    AtomicFiles.deleteTree(build);
                }
            }
        } catch (IOException e) {
            return; // no run shall fail for that; the next build tries again
        }
    }

    private static URI main() throws IOException {
        URL main = WorkerFiles.class.getClassLoader().getResource(MAIN);
        if (main == null) {
            throw new IOException("This build has no Python worker in it (" + MAIN + ").");
        }
        try {
            return main.toURI();
        } catch (URISyntaxException e) {
            throw new IOException("The Python worker has no readable address: " + main, e);
        }
    }

    /** Empty: the classes lie in a folder. */
    private static Optional<Path> jar() throws IOException {
        URI main = main();
        if (!main.getScheme().equals("jar")) {
            return Optional.empty();
        }
        String jar = main.toString().substring(0, main.toString().indexOf("!/"));
        return Optional.of(Path.of(URI.create(jar.substring(4))));
    }

    private static String stamp(Path jar) throws IOException {
        String stamp = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        return digest(new TreeMap<>(Map.of(stamp, new byte[0])));
    }

    /** The package's files by relative path, {@code dvt_worker/...}. */
    private static SortedMap<String, byte[]> files(Optional<Path> jar) throws IOException {
        if (jar.isEmpty()) {
            return read(Path.of(main()).resolve("../..").normalize());
        }
        try (FileSystem inside = FileSystems.newFileSystem(jar.get())) {
            return read(inside.getPath("/python"));
        }
    }

    private static SortedMap<String, byte[]> read(Path root) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".py")).toList()) {
                files.put(
                        root.relativize(path).toString().replace('\\', '/'),
                        Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static String digest(SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(
                    (name, content) -> {
                        digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                        digest.update(content);
                    });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
