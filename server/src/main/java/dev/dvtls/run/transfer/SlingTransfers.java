package dev.dvtls.run.transfer;

import dev.dvtls.run.BadSeed;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Secrets;
import dev.dvtls.run.SeedOptions;
import dev.dvtls.run.Transcript;
import dev.dvtls.run.Transfers;
import dev.dvtls.run.env.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Moves tables with Sling and DuckDB's command line program. One for each run; thread-safe. */
public final class SlingTransfers implements Transfers {
    /** Part of the message of a ping to a database file that is still to be made. */
    public static final String NO_FILE_YET = "a run that loads into it makes it";

    private final Path projectDir;
    private final Programs programs;
    private final Transcript transcript;
    private final Cancellation cancellation;
    private final Map<String, Boolean> mariaDb = new ConcurrentHashMap<>();

    private SlingTransfers(
            Path projectDir, Programs programs, Transcript transcript, Cancellation cancellation) {
        this.transcript = transcript;
        this.projectDir = projectDir;
        this.programs = programs;
        this.cancellation = cancellation;
    }

    /** With nobody to hear the whole text of what fails. */
    public static SlingTransfers in(
            Path projectDir, Path work, Tools tools, Limits limits, Cancellation cancellation)
            throws TransferException {
        return in(projectDir, work, tools, limits, Transcript.none(), cancellation);
    }

    /**
     * @param projectDir that paths of connections are relative to
     * @param work folder for files on their way, readable by its owner only; made when missing
     */
    public static SlingTransfers in(
            Path projectDir,
            Path work,
            Tools tools,
            Limits limits,
            Transcript transcript,
            Cancellation cancellation)
            throws TransferException {
        try {
            Path folder = Files.createDirectories(work.toAbsolutePath());
            Home home = Home.in(folder, tools);
            return new SlingTransfers(
                    projectDir.toAbsolutePath(),
                    new Programs(
                            new Sling(tools, folder, home, transcript, cancellation),
                            new DuckDb(tools, folder, home, transcript, cancellation),
                            new SqliteProgram(tools, folder, limits, transcript, cancellation),
                            new KnownTables(projectDir.toAbsolutePath()),
                            folder,
                            limits),
                    transcript,
                    cancellation);
        } catch (IOException e) {
            throw new TransferException(
                    "The folder " + work + " could not be made: " + e.getMessage());
        }
    }

    @Override
    public void check(Connection connection) throws TransferException {
        database(connection);
    }

    @Override
    public Optional<Existing> find(Connection connection, Relation relation)
            throws TransferException, InterruptedException {
        return database(connection).find(relation);
    }

    @Override
    public Extracted extract(Connection connection, Source source, Path parquet)
            throws TransferException, InterruptedException {
        return database(connection).extract(source, parquet.toAbsolutePath());
    }

    @Override
    public void load(Connection connection, Relation relation, Load load)
            throws TransferException, InterruptedException {
        database(connection).load(relation, load);
    }

    @Override
    public OptionalLong build(Connection connection, Relation relation, Build build)
            throws TransferException, InterruptedException {
        return database(connection).build(relation, build);
    }

    @Override
    public Extracted readCsv(Path csv, SeedOptions options, Path parquet, Consumer<String> warn)
            throws BadSeed, TransferException, InterruptedException {
        return new SeedFile(csv, options, programs).read(parquet.toAbsolutePath(), warn);
    }

    @Override
    public Duration ping(Connection connection) throws TransferException, InterruptedException {
        long start = System.nanoTime();
        database(connection).ping();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Database database(Connection connection) throws TransferException {
        SlingConnection sling = Connections.sling(connection, projectDir);
        Sling.Target target =
                new Sling.Target(connection.name(), sling, Secrets.of(connection.fields()));
        return switch (Connections.typeOf(connection)) {
            case "postgres" -> new PostgresDatabase(target, programs);
            case "mariadb" -> new MySqlDatabase(target, programs);
            case "mysql" -> new MySqlOrMariaDb(target, programs, mariaDb);
            case "duckdb", "motherduck" ->
                    new DuckDbDatabase(
                            target,
                            programs,
                            new FileGate(
                                    Connections.databaseFile(connection, projectDir),
                                    programs.limits().lock(),
                                    transcript,
                                    cancellation));
            case "sqlite" ->
                    new SqliteDatabase(
                            target.name(),
                            programs,
                            Connections.databaseFile(connection, projectDir),
                            cancellation);
            default -> new OtherDatabase(target, programs);
        };
    }
}
