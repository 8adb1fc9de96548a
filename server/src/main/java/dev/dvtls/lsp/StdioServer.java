package dev.dvtls.lsp;

import dev.dvtls.run.Engine;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;

/** The server on standard input and output. */
public final class StdioServer {
    private StdioServer() {}

    /**
     * Serves until the client is gone, then ends the program.
     *
     * @param atEnd what to let go of before that
     */
    public static void run(Engine engine, Runnable atEnd) {
        // Standard output is the protocol: whatever else would print goes to standard error.
        FileOutputStream protocol = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        DvtServer.serve(
                new FileInputStream(FileDescriptor.in),
                protocol,
                new DvtServer.Surroundings(new DiskProjects(), engine, System::exit));
    }
}
