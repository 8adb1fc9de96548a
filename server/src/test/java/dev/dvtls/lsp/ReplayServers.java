package dev.dvtls.lsp;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Outside;
import dev.dvtls.text.LineIndex.Encoding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Starts the servers of a replay, all with the same view of the machine.
 *
 * @param patience how long a server may take until it says what a fresh one says
 */
record ReplayServers(Outside outside, Duration patience) {
    TestServer start(ReplayDisk disk, List<String> folders, Encoding encoding, boolean pull)
            throws Exception {
        TestServer.Builder builder =
                TestServer.in(disk.root)
                        .folders(folders.stream().map(disk::path).toArray(Path[]::new))
                        .access(access())
                        .encodings(encoding.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .watching();
        return (pull ? builder.pull() : builder).start().lenient();
    }

    /**
     * Projects on disk, checked by all rules; what the session knows of the machine is left out.
     */
    private ProjectAccess access() {
        return new DiskProjects(Checker::check, outside) {
            @Override
            public ProjectAccess with(Outside other) {
                return this;
            }
        };
    }
}
