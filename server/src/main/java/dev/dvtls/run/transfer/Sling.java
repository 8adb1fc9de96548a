package dev.dvtls.run.transfer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Secrets;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.env.Program;
import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts Sling. Connections travel in environment variables and SQL in files: arguments can be read
 * by anyone on the machine.
 */
final class Sling {
    private static final String NAME = "DVT_CONNECTION";

    private static final Pattern AFFECTED = Pattern.compile("\\((\\d+) affected records\\)");

    private static final int ATTEMPTS = 3;

    private final Tools tools;
    private final Path work;
    private final Home home;
    private final Transcript transcript;
    private final Cancellation cancellation;

    Sling(Tools tools, Path work, Home home, Transcript transcript, Cancellation cancellation) {
        this.tools = tools;
        this.work = work;
        this.home = home;
        this.transcript = transcript;
        this.cancellation = cancellation;
    }

    /** Where a connection stands in a replication. */
    static String connectionName() {
        return NAME;
    }

    /**
     * The one value of a query that gives one row with one column of JSON text. On a busy machine
     * Sling now and then prints no rows of DuckDB's answer; then it is asked again.
     */
    JsonObject queryJson(Target target, String sql, Duration limit)
            throws TransferException, InterruptedException {
        String said = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Program.Outcome outcome =
                    exec(target, sql, limit, Map.of("SLING_OUTPUT", "json")); // else a drawn table
            Optional<JsonObject> answer = answer(outcome.out());
            if (answer.isPresent()) {
                return answer.get();
            }
            said = SlingMessage.of(outcome.out() + outcome.err());
        }
        throw new TransferException(
                "The connection '"
                        + target.name()
                        + "' gave no readable answer to a question about its tables: "
                        + target.secrets().hide(said));
    }

    private static Optional<JsonObject> answer(String out) {
        try {
            JsonObject answer = JsonParser.parseString(firstJson(out)).getAsJsonObject();
            JsonElement value = answer.getAsJsonArray("rows").get(0).getAsJsonArray().get(0);
            return Optional.of(
                    value.isJsonObject()
                            ? value.getAsJsonObject()
                            : JsonParser.parseString(value.getAsString()).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String firstJson(String out) {
        return out.lines().filter(line -> line.startsWith("{")).findFirst().orElse("");
    }

    /** Statements whose result does not matter. Those engines that split at ';' are given one. */
    void exec(Target target, String sql, Duration limit)
            throws TransferException, InterruptedException {
        exec(target, sql, limit, Map.of());
    }

    /**
     * The same.
     *
     * @return rows that the statements gave or changed; empty: none
     */
    OptionalLong affected(Target target, String sql, Duration limit)
            throws TransferException, InterruptedException {
        Program.Outcome outcome = exec(target, sql, limit, Map.of());
        Matcher affected = AFFECTED.matcher(outcome.out() + outcome.err());
        return affected.find()
                ? OptionalLong.of(Long.parseLong(affected.group(1)))
                : OptionalLong.empty();
    }

    private Program.Outcome exec(
            Target target, String sql, Duration limit, Map<String, String> more)
            throws TransferException, InterruptedException {
        Path file = write(".sql", sql);
        try {
            return start(target, List.of("conns", "exec", NAME, "file://" + file), limit, more);
        } finally {
            delete(file);
        }
    }

    /** A replication: Sling's own word for a description of what goes where. */
    String run(Target target, JsonObject replication, Duration limit, Map<String, String> more)
            throws TransferException, InterruptedException {
        Path file = write(".json", replication.toString());
        try {
            Program.Outcome outcome =
                    start(target, List.of("run", "-r", file.toString()), limit, more);
            return outcome.out() + outcome.err();
        } finally {
            delete(file);
        }
    }

    /** Whether the connection opens. */
    void test(Target target, Duration limit) throws TransferException, InterruptedException {
        start(target, List.of("conns", "test", NAME), limit, Map.of());
    }

    private Program.Outcome start(
            Target target, List<String> arguments, Duration limit, Map<String, String> more)
            throws TransferException, InterruptedException {
        Map<String, String> environment = new HashMap<>(home.environment(tools, System.getenv()));
        environment.put(NAME, target.connection().json());
        environment.put("SLING_TEMP_DIR", work.toString());
        environment.putAll(more);
        List<String> command = new ArrayList<>();
        command.add(tools.sling().toString());
        command.addAll(arguments);
        try {
            Program.Outcome outcome = Program.run(command, environment, work, limit, cancellation);
            if (!outcome.succeeded()) {
                throw failure(target, outcome, limit);
            }
            return outcome;
        } catch (IOException e) {
            throw new TransferException(
                    "Sling could not be started ("
                            + e.getMessage()
                            + "). Run `dvt-ls doctor` to see what is missing.");
        }
    }

    private TransferException failure(Target target, Program.Outcome outcome, Duration limit) {
        if (outcome.end() != Program.End.CANCELLED) {
            transcript.failed(
                    "sling",
                    target.name(),
                    target.secrets().hide(SlingMessage.plain(outcome.out() + outcome.err())));
        }
        return switch (outcome.end()) {
            case CANCELLED -> new TransferException("Cancelled.");
            case TIMED_OUT ->
                    new TransferException(
                            "The connection '"
                                    + target.name()
                                    + "' took longer than "
                                    + limit.toSeconds()
                                    + " s; the transfer was ended.");
            case EXITED ->
                    new TransferException(
                            target.secrets().hide(SlingMessage.of(outcome.out() + outcome.err())));
        };
    }

    private Path write(String suffix, String text) throws TransferException {
        try {
            Path file = Files.createTempFile(work, "sling", suffix);
            Files.writeString(file, text);
            return file;
        } catch (IOException e) {
            throw new TransferException(
                    "A file for Sling could not be written below " + work + ": " + e.getMessage());
        }
    }

    private static void delete(Path file) throws TransferException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new TransferException(file + " could not be deleted: " + e.getMessage());
        }
    }

    /**
     * A connection to talk to.
     *
     * @param name as the profile has it
     */
    record Target(String name, SlingConnection connection, Secrets secrets) {}
}
