package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.env.Program;
import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Works inside SQLite files with the {@code sqlite3} of Python's standard library: our {@code
 * dvt_sqlite}, started for each request. Decision record 0008 says why not Sling.
 */
final class SqliteProgram {
    private static final List<String> FILES =
            List.of(
                    "__main__.py",
                    "applying.py",
                    "building.py",
                    "catalog.py",
                    "files.py",
                    "reading.py");

    private final Tools tools;
    private final Path work;
    private final Limits limits;
    private final Transcript transcript;
    private final Cancellation cancellation;

    SqliteProgram(
            Tools tools,
            Path work,
            Limits limits,
            Transcript transcript,
            Cancellation cancellation) {
        this.tools = tools;
        this.work = work;
        this.limits = limits;
        this.transcript = transcript;
        this.cancellation = cancellation;
    }

    /**
     * @param request what to do; see {@code dvt_sqlite/__main__.py}
     */
    JsonObject ask(Path database, JsonObject request, Duration limit)
            throws TransferException, InterruptedException {
        Duration unnoticed = FileGate.unnoticed(limits.lock());
        try {
            return ask(database, request, limit, unnoticed);
        } catch (TransferException e) {
            if (!FileGate.isLocked(e)) {
                throw e;
            }
            // SQLite waits by itself, without a word
            transcript.waits(FileGate.waiting(database.toString(), e.getMessage(), limits.lock()));
            return ask(database, request, limit, limits.lock().minus(unnoticed));
        }
    }

    /**
     * @param wait for another program's lock
     */
    private JsonObject ask(Path database, JsonObject request, Duration limit, Duration wait)
            throws TransferException, InterruptedException {
        request.addProperty("database", database.toString());
        request.addProperty("wait", wait.toMillis() / 1000.0);
        try {
            Path file = Files.createTempFile(work, "sqlite", ".json");
            try {
                Files.writeString(file, request.toString());
                return answer(
                        database,
                        Program.run(
                                List.of(
                                        tools.python().toString(),
                                        "-I", // nothing of the user's environment or folder
                                        "-S",
                                        "-B",
                                        unpacked().toString(),
                                        file.toString()),
                                environment(),
                                work,
                                limit.plus(limits.lock()),
                                cancellation));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new TransferException(
                    "The Python that works inside SQLite files could not be started ("
                            + e.getMessage()
                            + "). Run `dvt-ls env create`.");
        }
    }

    private JsonObject answer(Path database, Program.Outcome outcome) throws TransferException {
        return switch (outcome.end()) {
            case CANCELLED -> throw new TransferException("Cancelled.");
            case TIMED_OUT -> throw new TransferException("SQLite took too long and was ended.");
            case EXITED -> {
                JsonObject answer = parsed(database, outcome);
                if (answer.has("error")) {
                    throw new TransferException(answer.get("error").getAsString());
                }
                yield answer;
            }
        };
    }

    private JsonObject parsed(Path database, Program.Outcome outcome) throws TransferException {
        try {
            if (outcome.succeeded()) {
                return JsonParser.parseString(outcome.out()).getAsJsonObject();
            }
        } catch (JsonParseException | IllegalStateException e) {
            // said below, with what the program wrote
        }
        transcript.failed("sqlite", database.toString(), outcome.err());
        String last = outcome.err().strip().lines().reduce((a, b) -> b).orElse("no message");
        throw new TransferException("Python's sqlite3 ended without an answer: " + last);
    }

    /** Temporary tables are to lie beside the other files on their way, not in a small /tmp. */
    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("SQLITE_TMPDIR", work.toString());
        return environment;
    }

    private synchronized Path unpacked() throws IOException {
        Path folder = work.resolve("dvt_sqlite");
        if (!Files.exists(folder.resolve(FILES.get(0)))) {
            Files.createDirectories(folder);
            for (int i = FILES.size() - 1;
                    i >= 0;
                    i--) { // the first one last: it says that all are
                unpack(FILES.get(i), folder);
            }
        }
        return folder;
    }

    private static void unpack(String name, Path folder) throws IOException {
        try (InputStream in =
                SqliteProgram.class.getResourceAsStream("/python/dvt_sqlite/" + name)) {
            if (in == null) {
                throw new IOException("this build has no dvt_sqlite/" + name);
            }
            Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
