package dev.dvtls.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the credentials of a run's connections out of its events: a model may print them, and a
 * program's message may hold them.
 */
final class Redaction {
    /** Shorter ones would spoil ordinary text ({@code "dev"}). */
    private static final int SHORTEST = 4;

    private static final Set<String> SECRET =
            Set.of(
                    "password",
                    "pass",
                    "passwd",
                    "token",
                    "secret",
                    "private_key",
                    "private_key_passphrase",
                    "passphrase",
                    "client_secret",
                    "access_token",
                    "refresh_token",
                    "keyfile_json",
                    "motherduck_token",
                    "connection_string",
                    "url",
                    "dsn");

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    static Redaction of(Collection<Connection> connections) {
        List<String> found = new ArrayList<>();
        connections.forEach(connection -> collect(connection.fields(), false, found));
        found.sort(Comparator.comparingInt(String::length).reversed());
        return new Redaction(List.copyOf(found));
    }

    private static void collect(Object value, boolean secret, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (key, item) -> {
                        String name = String.valueOf(key).toLowerCase(Locale.ROOT);
                        boolean inside =
                                secret
                                        || SECRET.contains(name)
                                        || name.endsWith("_password")
                                        || name.endsWith("_token")
                                        || name.endsWith("_secret");
                        collect(item == null ? "" : item, inside, found);
                    });
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> collect(item == null ? "" : item, secret, found));
        } else if (secret
                && value.toString().length() >= SHORTEST
                && !value.toString().contains("{{")) {
            found.add(value.toString());
        }
    }

    String clean(String text) {
        String cleaned = text;
        for (String secret : secrets) {
            cleaned = cleaned.replace(secret, "***");
        }
        return cleaned;
    }

    RunEvent clean(RunEvent event) {
        if (secrets.isEmpty()) {
            return event;
        }
        if (event instanceof RunEvent.Output e) {
            return new RunEvent.Output(e.model(), e.error(), clean(e.line()));
        }
        if (event instanceof RunEvent.Warning e) {
            return new RunEvent.Warning(e.model(), clean(e.message()));
        }
        if (event instanceof RunEvent.ModelFailed e) {
            RunEvent.Failure f = e.failure();
            Optional<java.nio.file.Path> file = f.file();
            return new RunEvent.ModelFailed(
                    e.model(),
                    new RunEvent.Failure(
                            f.code(),
                            clean(f.message()),
                            file,
                            f.line(),
                            f.column(),
                            f.endLine(),
                            f.endColumn(),
                            clean(f.traceback())),
                    e.took());
        }
        return event;
    }
}
