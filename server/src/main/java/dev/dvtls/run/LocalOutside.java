package dev.dvtls.run;

import dev.dvtls.cache.CachedRelation;
import dev.dvtls.cache.SqlInspector;
import dev.dvtls.check.Outside;
import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.FileText;
import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.run.env.Machine;
import dev.dvtls.run.env.SitePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What this machine tells of a project's models. Starts nothing; reads folders and small files. */
public final class LocalOutside implements Outside, AutoCloseable {
    private static final int MOST_ABSENT = 500;
    private static final int MOST_UPSTREAM = 300;

    /** A command waits for DuckDB. */
    private final boolean waits;

    private final Function<Path, InterpreterChoice> interpreter;
    private final Machine machine;
    private final ColumnsOnDisk columns;
    private final Executor opener;
    private final Runnable opened;
    private final ConcurrentMap<Path, Seen> environments = new ConcurrentHashMap<>();
    private final Set<Path> absent = ConcurrentHashMap.newKeySet();
    private Optional<CompletableFuture<Optional<SqlInspector>>> inspector = Optional.empty();

    /**
     * An environment as it was read.
     *
     * @param version what changes when it does
     */
    private record Seen(
            Optional<Path> python, List<FileTime> version, Optional<SitePackages> packages) {}

    private LocalOutside(
            Function<Path, InterpreterChoice> interpreter,
            Machine machine,
            ColumnsOnDisk columns,
            Executor opener,
            Runnable opened,
            boolean waits) {
        this.waits = waits;
        this.interpreter = interpreter;
        this.machine = machine;
        this.columns = columns;
        this.opener = opener;
        this.opened = opened;
    }

    /**
     * For an editor: DuckDB is opened in the background by the first question about SQL.
     *
     * @param interpreter that was chosen for a project's folder
     * @param target that was chosen for it
     * @param opened called once DuckDB can be asked: earlier answers may be incomplete
     */
    public static LocalOutside inBackground(
            Function<Path, InterpreterChoice> interpreter,
            Function<Path, Optional<String>> target,
            Machine machine,
            Executor background,
            Runnable opened) {
        return new LocalOutside(
                interpreter,
                machine,
                new ColumnsOnDisk(target, machine.environment()),
                background,
                opened,
                false);
    }

    /** For a command: the first question about SQL waits until DuckDB is open. */
    public static LocalOutside waiting(Optional<Path> interpreter, Machine machine) {
        return new LocalOutside(
                root -> InterpreterChoice.of(interpreter),
                machine,
                new ColumnsOnDisk(root -> Optional.empty(), machine.environment()),
                Runnable::run,
                () -> {},
                true);
    }

    @Override
    public Optional<Importable> importable(Manifest manifest) {
        Path root = manifest.project().root();
        Seen seen = environments.computeIfAbsent(root, r -> look(r, Optional.empty()));
        return seen.packages().map(packages -> packages);
    }

    private Seen look(Path root, Optional<Seen> before) {
        Optional<Path> python =
                Interpreter.find(root, interpreter.apply(root), machine).map(Interpreter::python);
        Optional<Seen> same =
                before.filter(b -> b.python().equals(python))
                        .filter(b -> b.version().equals(version(b.packages())));
        if (same.isPresent()) {
            return same.get();
        }
        Optional<SitePackages> packages = python.flatMap(p -> SitePackages.of(p, machine));
        return new Seen(python, version(packages), packages);
    }

    /** When the folders were changed last: an installation adds or removes an entry. */
    private static List<FileTime> version(Optional<SitePackages> packages) {
        List<FileTime> times = new ArrayList<>();
        for (Path folder : packages.map(SitePackages::folders).orElse(List.of())) {
            try {
                times.add(Files.getLastModifiedTime(folder));
            } catch (IOException e) {
                times.add(FileTime.fromMillis(0));
            }
        }
        return times;
    }

    @Override
    public boolean exists(Path path) {
        boolean there = Files.exists(path);
        if (!there && absent.size() < MOST_ABSENT) {
            absent.add(path);
        }
        return there;
    }

    /**
     * Looks anew, and tells whether earlier answers are out of date; reads a few folders' times.
     */
    public boolean isStale() {
        boolean came = absent.stream().anyMatch(Files::exists);
        if (came) {
            absent.clear();
        }
        boolean changed = false;
        for (Map.Entry<Path, Seen> entry : environments.entrySet()) {
            Seen before = entry.getValue();
            Seen now = look(entry.getKey(), Optional.of(before));
            if (!now.equals(before)) {
                environments.put(entry.getKey(), now);
                changed = true;
            }
        }
        return came || changed;
    }

    /** Not known in a project that has not been run here yet. */
    @Override
    public Optional<Boolean> isCached(Manifest manifest, Node node) {
        Path cache = manifest.project().root().resolve(".dvt").resolve("cache");
        return Files.isDirectory(cache)
                ? Optional.of(columns.cached(manifest.project(), node).isPresent())
                : Optional.empty();
    }

    /** Those of the cache, while nothing that they come from has changed; a seed's header. */
    @Override
    public Optional<List<Node.Column>> columns(Manifest manifest, Node node) {
        Optional<CachedRelation> cached = columns.cached(manifest.project(), node);
        if (cached.isEmpty()) {
            return node.kind() == Node.Kind.SEED
                    ? Optional.of(columns.of(manifest, node))
                            .filter(KnownColumns.Known::complete)
                            .map(KnownColumns.Known::columns)
                    : Optional.empty();
        }
        return cached.filter(c -> isAsItWas(manifest, node, c.at())).map(ColumnsOnDisk::columns);
    }

    /** Neither the node nor anything upstream of it was edited after a moment. */
    private static boolean isAsItWas(Manifest manifest, Node node, Instant then) {
        Set<String> seen = new HashSet<>(Set.of(node.uniqueId()));
        Deque<Node> left = new ArrayDeque<>(List.of(node));
        while (!left.isEmpty()) {
            Node one = left.remove();
            if (one.kind() == Node.Kind.SOURCE) {
                continue;
            }
            if (seen.size() > MOST_UPSTREAM || !isOlder(one.file(), then)) {
                return false;
            }
            for (String id : one.dependsOn()) {
                if (seen.add(id)) {
                    manifest.node(id).ifPresent(left::add);
                }
            }
        }
        return manifest.file(node.file()).map(LocalOutside::isSaved).orElse(true);
    }

    private static boolean isOlder(Path file, Instant then) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(then);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSaved(ModelFile file) {
        return FileText.read(file.path()).text().equals(Optional.of(file.text()));
    }

    @Override
    public Optional<ZonedDateTime> now() {
        return Optional.of(ZonedDateTime.now(ZoneId.systemDefault()));
    }

    @Override
    public Optional<SqlTrouble> syntax(String sql) {
        return inspector().flatMap(i -> i.syntax(sql)).map(LocalOutside::trouble);
    }

    @Override
    public Optional<SqlTrouble> missingColumn(String sql, Map<String, List<Node.Column>> tables) {
        Map<String, List<CachedRelation.Column>> columns = new LinkedHashMap<>();
        tables.forEach(
                (table, all) ->
                        columns.put(
                                table,
                                all.stream()
                                        .map(
                                                c ->
                                                        new CachedRelation.Column(
                                                                c.name(),
                                                                c.dataType().orElse("VARCHAR")))
                                        .toList()));
        return inspector().flatMap(i -> i.missingColumn(sql, columns)).map(LocalOutside::trouble);
    }

    private static SqlTrouble trouble(SqlInspector.Trouble trouble) {
        return new SqlTrouble(trouble.message(), trouble.offset(), trouble.name());
    }

    /** Empty while it is being opened, and where DuckDB does not load. */
    private Optional<SqlInspector> inspector() {
        CompletableFuture<Optional<SqlInspector>> known = wanted();
        return waits ? known.join() : known.getNow(Optional.empty());
    }

    private synchronized CompletableFuture<Optional<SqlInspector>> wanted() {
        CompletableFuture<Optional<SqlInspector>> known =
                inspector.orElseGet(
                        () -> CompletableFuture.supplyAsync(LocalOutside::open, opener));
        if (inspector.isEmpty()) {
            inspector = Optional.of(known);
            var unused = known.thenRun(opened);
        }
        return known;
    }

    private static Optional<SqlInspector> open() {
        try {
            return Optional.of(SqlInspector.open());
        } catch (IOException | LinkageError e) {
            return Optional.empty(); // a machine without DuckDB's library: SQL is not checked there
        }
    }

    @Override
    public synchronized void close() throws IOException {
        Optional<SqlInspector> open = inspector.flatMap(known -> known.getNow(Optional.empty()));
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
