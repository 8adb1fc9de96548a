package dev.dvtls.testing;

import dev.dvtls.run.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A MariaDB server of the tests' own, from Debian's package: a temporary folder, a free port, one
 * for each JVM, ended with it. Each caller gets a database of its own.
 */
public final class MariaDb {
    private static final String USER = "tester";
    private static final String PASSWORD = "p@ss/w:rd%+#ü'\"\\{}";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path folder;
    private final int port;
    private final Process process;

    private MariaDb(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** The server, started by the first that asks. */
    public static MariaDb server() {
        return Holder.SERVER;
    }

    private static final class Holder {
        static final MariaDb SERVER = start();
    }

    /** A connection to a new, empty database. */
    public Connection database() {
        String name = "t" + DATABASES.incrementAndGet();
        sql("mysql", "create database " + name);
        return connection(name, "mariadb");
    }

    /** The same with another type of the profile. */
    public Connection connection(String database, String type) {
        return new Connection(
                database,
                type,
                Map.of(
                        "type", type,
                        "server", "127.0.0.1",
                        "port", port,
                        "username", USER,
                        "password", PASSWORD,
                        "schema", database));
    }

    /** Runs statements; rows as lines, columns parted by '|', NULL is empty. */
    public List<String> sql(Connection database, String sql) {
        return sql(database.name(), sql);
    }

    private List<String> sql(String database, String sql) {
        List<String> command =
                List.of(
                        "mariadb",
                        "--no-defaults",
                        "--batch",
                        "--skip-column-names",
                        "--default-character-set=utf8mb4",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--user=" + USER,
                        "--database=" + database,
                        "--execute=" + sql);
        return OwnServer.run(command, Map.of("MYSQL_PWD", PASSWORD))
                .lines()
                .map(line -> line.replaceAll("(?<=^|\\t)NULL(?=\\t|$)", "").replace('\t', '|'))
                .toList();
    }

    /** Keeps others from renaming or altering the table until it is closed. */
    public AutoCloseable locked(Connection database, String table) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "mariadb",
                        "--no-defaults",
                        "--unbuffered",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--user=" + USER,
                        "--database=" + database.name());
        builder.environment().put("MYSQL_PWD", PASSWORD);
        Process client = builder.start();
        client.getOutputStream()
                .write(
                        ("lock tables " + table + " read; select 1;\n")
                                .getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        if (client.getInputStream().read() < 0) {
            throw new AssertionError("no lock");
        }
        return () -> {
            client.getOutputStream().close();
            client.waitFor(30, TimeUnit.SECONDS);
        };
    }

    public int port() {
        return port;
    }

    private static MariaDb start() {
        try {
            Path server = Path.of("/usr/sbin/mariadbd");
            if (!Files.isExecutable(server)) {
                throw new AssertionError(
                        "These tests need MariaDB's server: run ./test, which installs it, or"
                                + " `apt-get install mariadb-server-core mariadb-client-core`.");
            }
            Path folder = Files.createTempDirectory("dvt-maria");
            Path data = folder.resolve("data");
            // a server that starts deletes what other servers have in the folder that they share
            Path temporary = Files.createDirectory(folder.resolve("tmp"));
            Path users =
                    Files.writeString(
                            folder.resolve("users.sql"),
                            "create user "
                                    + USER
                                    + " identified by '"
                                    + PASSWORD.replace("\\", "\\\\").replace("'", "''")
                                    + "';\ngrant all on *.* to "
                                    + USER
                                    + " with grant option;\n");
            OwnServer.handOver(folder);
            OwnServer.run(
                    OwnServer.unprivileged(
                            "mariadb-install-db",
                            "--no-defaults",
                            "--datadir=" + data,
                            "--tmpdir=" + temporary,
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db",
                            "--skip-name-resolve"),
                    Map.of());
            int port = OwnServer.freePort();
            List<String> command = new ArrayList<>(OwnServer.unprivileged(server.toString()));
            command.addAll(
                    List.of(
                            "--no-defaults",
                            "--datadir=" + data,
                            "--tmpdir=" + temporary,
                            "--socket=" + folder.resolve("socket"),
                            "--pid-file=" + folder.resolve("pid"),
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--skip-name-resolve",
                            "--skip-log-bin",
                            "--character-set-server=utf8mb4",
                            "--init-file=" + users,
                            "--innodb-buffer-pool-size=64M",
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-flush-method=nosync",
                            "--innodb-doublewrite=0"));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.directory(Path.of("/").toFile());
            builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .redirectInput(Path.of("/dev/null").toFile());
            MariaDb started = new MariaDb(folder, port, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            try {
                sql("mysql", "select 1");
                return;
            } catch (AssertionError notYet) { // the client's own time is the wait
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError(
                            "MariaDB did not start: " + Files.readString(folder.resolve("log")),
                            notYet);
                }
            }
        }
    }

    private void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly); // below runuser
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
            OwnServer.delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
