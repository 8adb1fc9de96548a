package dev.dvtls.cache;

import dev.dvtls.cache.CacheReader.QueryRefused;
import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.FrameView.NoSuchColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks into one kept frame with a DuckDB of its own, which reaches nothing but the frame's folder.
 * One thread uses it; {@link #cancel} may come from any. Opening it loads DuckDB: never on the
 * message loop.
 */
public final class FrameReader implements AutoCloseable {
    /** Whoever wants a view that is being made waits for it. */
    private static final Map<Path, Object> MAKING = new ConcurrentHashMap<>();

    private final KeptPreview kept;
    private final Path rows;
    private final Path spill;
    private final Connection duckdb;
    private final Statement statement;
    private volatile boolean cancelled;
    private volatile Optional<Statement> asking = Optional.empty();

    private FrameReader(KeptPreview kept, Path rows, Connection duckdb) throws SQLException {
        this.kept = kept;
        this.rows = rows;
        this.spill = rows.resolveSibling("spill-" + UUID.randomUUID());
        this.duckdb = duckdb;
        this.statement = duckdb.createStatement();
    }

    public static FrameReader open(KeptPreviews previews, KeptPreview kept) throws IOException {
        return open(previews, kept, Optional.empty());
    }

    /**
     * @param exported a file outside that may be written, too
     */
    private static FrameReader open(
            KeptPreviews previews, KeptPreview kept, Optional<Path> exported) throws IOException {
        Path rows = previews.rows(kept);
        try {
            FrameReader reader =
                    new FrameReader(kept, rows, DriverManager.getConnection("jdbc:duckdb:"));
            try {
                Path folder = previews.folder().resolve(kept.id());
                FrameFile.bounded(reader.statement, reader.spill);
                String paths = exported.map(FrameFile::path).orElse("");
                reader.statement.execute(
                        "set allowed_directories = [" + FrameFile.path(folder) + "]");
                reader.statement.execute("set allowed_paths = [" + paths + "]");
                reader.statement.execute("set enable_external_access = false");
                reader.statement.execute("set lock_configuration = true");
                return reader;
            } catch (SQLException e) {
                reader.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("The preview could not be opened: " + e.getMessage(), e);
        }
    }

    /**
     * A part of a view.
     *
     * @param columns their values; DuckDB's text of each, empty: NULL
     * @param total rows of the whole view
     */
    public record Rows(List<Column> columns, List<List<Optional<String>>> rows, long total) {}

    /**
     * @param columns names; none: all
     * @param longest characters of a value: more are cut, and end in "…"; 0: as they are
     */
    public record Part(FrameView view, long offset, int limit, List<String> columns, int longest) {}

    public Rows rows(Part part) throws QueryRefused, IOException {
        return asked(
                () -> {
                    Path file = viewed(part.view());
                    List<Integer> wanted = new ArrayList<>();
                    for (String name : part.columns()) {
                        wanted.add(FrameView.index(kept.columns(), name));
                    }
                    if (wanted.isEmpty()) {
                        IntStream.range(0, kept.columns().size()).forEach(wanted::add);
                    }
                    String sql =
                            wanted.stream()
                                    .map(i -> FrameFile.text(FrameFile.name(i), part.longest()))
                                    .collect(
                                            Collectors.joining(
                                                    ", ",
                                                    "select ",
                                                    " from "
                                                            + FrameFile.scan(file)
                                                            + " where file_row_number >= ?"
                                                            + " and file_row_number < ?"
                                                            + " order by file_row_number"));
                    try (PreparedStatement query = duckdb.prepareStatement(sql)) {
                        query.setLong(1, part.offset());
                        query.setLong(2, part.offset() + part.limit());
                        return new Rows(
                                wanted.stream().map(kept.columns()::get).toList(),
                                read(query, wanted.size()),
                                count(file));
                    }
                });
    }

    public List<ColumnProfile> profile(FrameView view) throws QueryRefused, IOException {
        return asked(
                () -> {
                    Path file = viewed(view);
                    List<ColumnProfile> all = new ArrayList<>();
                    for (FrameProfile some : FrameProfile.of(kept.columns())) {
                        try (PreparedStatement query = duckdb.prepareStatement(some.sql(file))) {
                            all.addAll(some.read(read(query, some.items()).get(0)));
                        }
                    }
                    return List.copyOf(all);
                });
    }

    /** How a frame is written for others. */
    public enum Format {
        CSV("(format csv, header true)"),
        /** An array of objects. */
        JSON("(format json, array true)"),
        PARQUET("(format parquet)");

        private final String options;

        Format(String options) {
            this.options = options;
        }
    }

    /**
     * Writes a view to a file, which is there whole or as it was.
     *
     * @param started is given what can be cancelled
     * @return how many rows
     */
    public static long export(
            KeptPreviews previews,
            KeptPreview kept,
            FrameView view,
            Format format,
            Path file,
            Consumer<FrameReader> started)
            throws QueryRefused, IOException {
        Path aside =
                AtomicFiles.parent(file)
                        .resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try (FrameReader reader = open(previews, kept, Optional.of(aside))) {
            started.accept(reader);
            long count = reader.asked(() -> reader.copy(view, format, aside));
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private long copy(FrameView view, Format format, Path aside)
            throws SQLException, IOException, QueryRefused, NoSuchColumn {
        String items =
                IntStream.range(0, kept.columns().size())
                        .mapToObj(
                                i ->
                                        FrameFile.name(i)
                                                + " as "
                                                + ViewSql.identifier(kept.columns().get(i).name()))
                        .collect(Collectors.joining(", "));
        return statement.executeLargeUpdate(
                "copy (select "
                        + items
                        + " from "
                        + FrameFile.scan(viewed(view))
                        + " order by file_row_number) to "
                        + FrameFile.path(aside)
                        + " "
                        + format.options);
    }

    /** The file with the rows of a view in its order: made once, and instead of the one before. */
    private Path viewed(FrameView view)
            throws SQLException, IOException, QueryRefused, NoSuchColumn {
        if (view.isAll()) {
            return rows;
        }
        Path file = rows.resolveSibling("view-" + view.id() + ".parquet");
        synchronized (MAKING.computeIfAbsent(file, any -> new Object())) {
            try {
                if (!Files.isRegularFile(file)) {
                    make(view, file);
                }
            } finally {
                MAKING.remove(file);
            }
        }
        return file;
    }

    private void make(FrameView view, Path file)
            throws SQLException, IOException, QueryRefused, NoSuchColumn {
        List<FrameView.Value> values = view.values(kept.columns());
        refuseWrong(values);
        Path aside = rows.resolveSibling(UUID.randomUUID() + ".part");
        String sql =
                "copy (select * exclude (file_row_number) from "
                        + FrameFile.scan(rows)
                        + " where "
                        + view.where(kept.columns())
                        + " order by "
                        + view.order(kept.columns())
                        + ") to "
                        + FrameFile.path(aside)
                        + " "
                        + FrameFile.FORMAT;
        try (PreparedStatement copy = duckdb.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                copy.setString(i + 1, values.get(i).text());
            }
            asking = Optional.of(copy);
            refuseCancelled();
            copy.executeLargeUpdate();
            List<Path> old;
            try (var files = Files.list(AtomicFiles.parent(rows))) {
                old = files.filter(f -> f.getFileName().toString().startsWith("view-")).toList();
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            for (Path one : old) {
                Files.deleteIfExists(one);
            }
        } finally {
            asking = Optional.of(statement);
            Files.deleteIfExists(aside);
        }
    }

    /** In our words: DuckDB's name no column. */
    private void refuseWrong(List<FrameView.Value> values) throws SQLException, QueryRefused {
        for (FrameView.Value value : values) {
            try (PreparedStatement query =
                    duckdb.prepareStatement(
                            "select try_cast(?::varchar as " + value.type() + ") is null")) {
                query.setString(1, value.text());
                try (ResultSet answer = query.executeQuery()) {
                    if (answer.next() && answer.getBoolean(1)) {
                        throw new QueryRefused(
                                "'"
                                        + value.text()
                                        + "' cannot be compared with "
                                        + value.column().name()
                                        + ", which is "
                                        + value.column().type()
                                        + ".");
                    }
                }
            }
        }
    }

    long count(Path file) throws SQLException {
        try (ResultSet count =
                statement.executeQuery("select count(*) from " + FrameFile.scan(file))) {
            count.next();
            return count.getLong(1);
        }
    }

    private List<List<Optional<String>>> read(PreparedStatement query, int columns)
            throws SQLException {
        asking = Optional.of(query);
        refuseCancelled();
        try (ResultSet result = query.executeQuery()) {
            List<List<Optional<String>>> all = new ArrayList<>();
            while (result.next()) {
                List<Optional<String>> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(Optional.ofNullable(result.getString(i)));
                }
                all.add(row);
            }
            return all;
        } finally {
            asking = Optional.of(statement);
        }
    }

    /** Ends what is being computed, which then throws; and what comes. */
    public void cancel() {
        cancelled = true;
        try {
            Optional<Statement> now = asking;
            if (now.isPresent()) {
                now.get().cancel();
            }
        } catch (SQLException e) {
            return; // it has ended
        }
    }

    private void refuseCancelled() throws SQLException {
        if (cancelled) {
            throw new SQLException("cancelled");
        }
    }

    private interface Question<T> {
        T answer() throws SQLException, IOException, QueryRefused, NoSuchColumn;
    }

    private <T> T asked(Question<T> question) throws QueryRefused, IOException {
        try {
            asking = Optional.of(statement);
            refuseCancelled();
            return question.answer();
        } catch (NoSuchColumn e) {
            throw new QueryRefused(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (!Files.isRegularFile(rows)) {
                throw new QueryRefused(gone(kept));
            }
            throw new IOException(
                    "The rows of " + kept.name() + " could not be read: " + e.getMessage(), e);
        }
    }

    /** What to tell of a preview that is not there any more. */
    public static String gone(KeptPreview kept) {
        return "The rows of " + kept.name() + " are not kept any more. Compute them again.";
    }

    @Override
    public void close() throws IOException {
        asking = Optional.empty();
        try {
            statement.close();
            duckdb.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB did not close: " + e.getMessage(), e);
        } finally {
            AtomicFiles.deleteTree(spill);
        }
    }
}
