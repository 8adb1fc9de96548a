package dev.dvtls.testing;

import dev.dvtls.run.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, from Debian's package: a temporary folder, a free port,
 * one for each JVM, ended with it. Each caller gets a database of its own.
 */
public final class Postgres {
    private static final String USER = "tester";
    private static final String PASSWORD = "p@ss/w:rd%+#ü'\"\\{}";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path bin;
    private final int port;
    private final Path folder;

    private Postgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** The server, started by the first that asks. */
    public static Postgres server() {
        return Holder.SERVER;
    }

    private static final class Holder {
        static final Postgres SERVER = start();
    }

    /** A connection to a new, empty database. */
    public Connection database() {
        String name = "t" + DATABASES.incrementAndGet();
        psql("postgres", "create database " + name);
        return new Connection(
                name,
                "postgres",
                Map.of(
                        "type", "postgres",
                        "host", "127.0.0.1",
                        "port", port,
                        "user", USER,
                        "password", PASSWORD,
                        "dbname", name,
                        "schema", "public"));
    }

    /** Runs statements; the rows of the last as lines, columns parted by '|'. */
    public List<String> psql(Connection database, String sql) {
        return psql(database.name(), sql);
    }

    /** A client that takes statements from its input, for as long as it is open. */
    public Process client(Connection database, Path output) {
        ProcessBuilder builder = new ProcessBuilder(command(database.name()));
        builder.environment().put("PGPASSWORD", PASSWORD);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> psql(String database, String sql) {
        List<String> command = new ArrayList<>(command(database));
        command.addAll(List.of("-c", sql));
        return OwnServer.run(command, Map.of("PGPASSWORD", PASSWORD)).lines().toList();
    }

    private List<String> command(String database) {
        return List.of(
                bin.resolve("psql").toString(),
                "-XAtq",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                USER,
                "-d",
                database);
    }

    public int port() {
        return port;
    }

    private static Postgres start() {
        try {
            Path bin = binaries();
            Path folder = Files.createTempDirectory("dvt-pg");
            Path password = Files.writeString(folder.resolve("pw"), PASSWORD);
            OwnServer.handOver(folder);
            int port = OwnServer.freePort();
            Path data = folder.resolve("data");
            OwnServer.run(
                    OwnServer.unprivileged(
                            bin.resolve("initdb").toString(),
                            "-D",
                            data.toString(),
                            "-A",
                            "scram-sha-256",
                            "-U",
                            USER,
                            "-E",
                            "UTF8",
                            "--no-locale",
                            "--no-sync",
                            "--pwfile=" + password),
                    Map.of());
            Postgres server = new Postgres(bin, folder, port);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            OwnServer.run(
                    OwnServer.unprivileged(
                            bin.resolve("pg_ctl").toString(),
                            "-D",
                            data.toString(),
                            "-w",
                            "-t",
                            "60",
                            "-l",
                            folder.resolve("log").toString(),
                            "-o",
                            "-p " + port + " -k " + folder + " -h 127.0.0.1 -F",
                            "start"),
                    Map.of());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        OwnServer.run(
                OwnServer.unprivileged(
                        bin.resolve("pg_ctl").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-m",
                        "immediate",
                        "-w",
                        "stop"),
                Map.of());
        OwnServer.delete(folder);
    }

    private static Path binaries() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                return found.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(Postgres::missing);
            }
        }
        throw missing();
    }

    private static AssertionError missing() {
        return new AssertionError(
                "These tests need PostgreSQL's server: run ./test, which installs it, or"
                        + " `apt-get install postgresql`.");
    }
}
