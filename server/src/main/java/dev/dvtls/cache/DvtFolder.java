package dev.dvtls.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A project's {@code .dvt} folder. It holds copies of data, so only its owner may read it, and it
 * ignores itself in git.
 *
 * @param root the folder itself
 */
public record DvtFolder(Path root) {
    private static final String OWNER_ONLY = "rwx------";

    /** Opens the project's folder, making it where it is missing. */
    public static DvtFolder open(Path projectDir) throws IOException {
        Path root = projectDir.toAbsolutePath().normalize().resolve(".dvt");
        Files.createDirectories(root);
        PosixFileAttributeView posix =
                Files.getFileAttributeView(root, PosixFileAttributeView.class);
        if (posix != null
                && !PosixFilePermissions.toString(posix.readAttributes().permissions())
                        .equals(OWNER_ONLY)) {
            posix.setPermissions(PosixFilePermissions.fromString(OWNER_ONLY));
        }
        Path ignore = root.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            AtomicFiles.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
        }
        return new DvtFolder(root);
    }

    /** The folder of a kind, made where it is missing: {@code cache}, {@code logs}, ... */
    public Path folder(String kind) throws IOException {
        return Files.createDirectories(root.resolve(kind));
    }
}
