package dev.dvtls.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server keeps the rows of previews: a folder of its own in the {@code .dvt/previews} of
 * each project, gone when this is closed. What a killed server left is removed by the next one.
 * Thread-safe.
 */
public final class PreviewFolders implements AutoCloseable {
    private final Map<Path, WorkFolder> open = new HashMap<>();
    private boolean closed;

    /** Those of a project; made where there are none. */
    public synchronized KeptPreviews in(Path projectDir) throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("The server is ending.");
        }
        WorkFolder folder = open.get(projectDir);
        if (folder != null && !Files.isDirectory(folder.path())) {
            folder.close(); // a cleaning took it
            folder = null;
        }
        if (folder == null) {
            folder = WorkFolder.in(DvtFolder.open(projectDir).folder("previews"));
            open.put(projectDir, folder);
        }
        return new KeptPreviews(folder.path());
    }

    /** Those of a project; empty when nothing was kept there. */
    public synchronized Optional<KeptPreviews> known(Path projectDir) {
        return Optional.ofNullable(open.get(projectDir))
                .map(folder -> new KeptPreviews(folder.path()));
    }

    /**
     * Removes what killed servers left in a project.
     *
     * @return of how many servers it was
     */
    public static int collect(Path projectDir) throws IOException, InterruptedException {
        return WorkFolder.collectIn(projectDir.resolve(".dvt").resolve("previews"));
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (WorkFolder folder : open.values()) {
            folder.close();
        }
        open.clear();
    }
}
