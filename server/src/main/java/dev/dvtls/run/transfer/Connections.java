package dev.dvtls.run.transfer;

import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Transfers.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From an output of the profile to a Sling connection, by the table {@code connections.json}. A map
 * {@code sling:} in the output goes to Sling as it is, over what the table says.
 */
public final class Connections {
    private static final Map<String, ConnectionKind> KINDS = read();
    private static final Map<String, String> ALIASES =
            Map.of(
                    "postgresql", "postgres",
                    "azuresql", "sqlserver",
                    "azuredwh", "sqlserver",
                    "synapse", "sqlserver",
                    "fabric", "sqlserver",
                    "mysql5", "mysql");

    /** Where a space in a password never arrives (Sling 1.4.11 writes '+' into a URL). */
    private static final Set<String> SPACELESS =
            Set.of(
                    "postgres",
                    "redshift",
                    "mysql",
                    "mariadb",
                    "starrocks",
                    "sqlserver",
                    "clickhouse");

    private Connections() {}

    /** Types that the table has. */
    public static List<String> types() {
        return List.copyOf(new TreeSet<>(KINDS.keySet()));
    }

    /** The table's name of a type: {@code postgresql} is {@code postgres}. */
    static String typeOf(Connection connection) {
        String type = connection.type().toLowerCase(Locale.ROOT);
        String known = ALIASES.getOrDefault(type, type);
        boolean remote =
                known.equals("duckdb")
                        && Objects.toString(connection.fields().get("path"), "").startsWith("md:");
        return remote ? "motherduck" : known;
    }

    /**
     * @throws TransferException for a type that Sling does not load, or a field that is missing
     */
    public static SlingConnection sling(Connection connection, Path projectDir)
            throws TransferException {
        ConnectionKind kind = KINDS.get(typeOf(connection));
        if (kind == null) {
            throw new TransferException(
                    "The connection '"
                            + connection.name()
                            + "' has the type '"
                            + connection.type()
                            + "', which Sling does not load; known types are "
                            + String.join(", ", types())
                            + ".");
        }
        Map<String, Object> properties = kind.properties(connection);
        properties.computeIfPresent(
                "database", (key, value) -> value.toString().replaceFirst("^md:", ""));
        for (String property : kind.path()) {
            properties.computeIfPresent(
                    property, (key, value) -> file(value.toString(), projectDir));
        }
        kind.derive(properties);
        if (connection.fields().get("sling") instanceof Map<?, ?> own) {
            own.forEach(
                    (key, value) -> properties.put(key.toString(), Objects.requireNonNull(value)));
        }
        for (String property : kind.required()) {
            if (!properties.containsKey(property)) {
                throw ConnectionKind.missing(
                        connection, Objects.requireNonNull(kind.fields().get(property)).get(0));
            }
        }
        if (SPACELESS.contains(kind.sling())
                && Objects.toString(properties.get("password"), "").indexOf(' ') >= 0) {
            throw new TransferException(
                    "The password of the connection '"
                            + connection.name()
                            + "' has a space in it, which Sling hands on as '+' for "
                            + connection.type()
                            + "; give the database user another password.");
        }
        return new SlingConnection(kind.sling(), properties);
    }

    /** The database file of a connection that is one. */
    static Optional<Path> databaseFile(Connection connection, Path projectDir)
            throws TransferException {
        Object instance = sling(connection, projectDir).properties().get("instance");
        return instance == null || instance.toString().startsWith(":memory:")
                ? Optional.empty()
                : Optional.of(Path.of(instance.toString()));
    }

    private static String file(String value, Path projectDir) {
        boolean elsewhere = value.startsWith(":memory:") || value.contains("://");
        String home = System.getProperty("user.home", "");
        String expanded = value.startsWith("~/") ? home + value.substring(1) : value;
        return elsewhere
                ? value
                : projectDir.toAbsolutePath().resolve(expanded).normalize().toString();
    }

    private static Map<String, ConnectionKind> read() {
        try (InputStream in =
                Objects.requireNonNull(Connections.class.getResourceAsStream("connections.json"))) {
            return new GsonBuilder()
                    .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE) // 5432, not 5432.0
                    .create()
                    .fromJson(
                            new InputStreamReader(in, StandardCharsets.UTF_8),
                            new TypeToken<Map<String, ConnectionKind>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
