package dev.dvtls.run.env;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.dvtls.run.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks programs which version they are. Starts them: for runs and {@code doctor} only. */
public final class Inspection {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String SCRIPT =
            """
            import json, sys
            from importlib import metadata
            def version(name):
                try:
                    return metadata.version(name)
                except metadata.PackageNotFoundError:
                    return None
            print(json.dumps({"version": "%d.%d.%d" % sys.version_info[:3],
                              "packages": {n: version(n) for n in sys.argv[1:]}}))
            """;

    private Inspection() {}

    /**
     * @param version three numbers
     * @param packages by name; one that is not installed is missing
     */
    public record Python(String version, Map<String, String> packages) {}

    private record Answer(@Nullable String version, @Nullable Map<String, String> packages) {}

    /** What an interpreter says of itself; empty: it does not start, or says nothing sensible. */
    public static Optional<Python> python(
            Path python, List<String> packages, Path folder, Cancellation cancellation)
            throws InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(python.toString(), "-c", SCRIPT));
        command.addAll(packages);
        return output(command, folder, cancellation)
                .flatMap(
                        text -> {
                            try {
                                return Optional.ofNullable(new Gson().fromJson(text, Answer.class));
                            } catch (JsonSyntaxException e) {
                                return Optional.empty();
                            }
                        })
                .filter(answer -> answer.version() != null)
                .map(
                        answer -> {
                            Map<String, String> found = new HashMap<>();
                            if (answer.packages() != null) {
                                answer.packages()
                                        .forEach(
                                                (name, version) -> {
                                                    if (version != null) {
                                                        found.put(name, version);
                                                    }
                                                });
                            }
                            return new Python(String.valueOf(answer.version()), Map.copyOf(found));
                        });
    }

    /** The first line with a number of what {@code --version} prints. */
    public static Optional<String> version(Path program, Path folder, Cancellation cancellation)
            throws InterruptedException {
        return output(List.of(program.toString(), "--version"), folder, cancellation)
                .flatMap(
                        text ->
                                text.lines()
                                        .filter(line -> line.matches(".*\\d+\\.\\d+.*"))
                                        .findFirst())
                .map(line -> line.replaceFirst("(?i)^version:\\s*", "").strip());
    }

    private static Optional<String> output(
            List<String> command, Path folder, Cancellation cancellation)
            throws InterruptedException {
        try {
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("SLING_DISABLE_TELEMETRY", "true");
            Program.Outcome outcome =
                    Program.run(command, environment, folder, LIMIT, cancellation);
            return outcome.succeeded()
                    ? Optional.of(outcome.out() + outcome.err())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
