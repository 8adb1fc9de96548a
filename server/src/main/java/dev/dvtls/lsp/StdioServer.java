package dev.dvtls.lsp;

import dev.dvtls.run.Engine;
import dev.dvtls.run.env.Machine;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The server on standard input and output. */
public final class StdioServer {
    /** Kept here: the logging framework forgets a logger's level with the logger. */
    private static final Logger PROTOCOL_LOG =
            Logger.getLogger("org.eclipse.lsp4j.jsonrpc.RemoteEndpoint");

    private static final Logger UNKNOWN_METHODS_LOG =
            Logger.getLogger("org.eclipse.lsp4j.jsonrpc.services.GenericEndpoint");

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
        // A cancel that crosses its answer is everyday, and no warning for the user's log.
        PROTOCOL_LOG.setLevel(Level.SEVERE);
        // A method of a newer protocol is answered (MethodNotFound) or passed over.
        UNKNOWN_METHODS_LOG.setLevel(Level.SEVERE);
        DvtServer.serve(
                new FileInputStream(FileDescriptor.in),
                protocol,
                new DvtServer.Surroundings(
                        new DiskProjects(),
                        engine,
                        Machine.here(),
                        ProjectSite.assets(),
                        System::exit));
    }
}
