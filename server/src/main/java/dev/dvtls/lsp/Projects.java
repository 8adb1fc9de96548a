package dev.dvtls.lsp;

import dev.dvtls.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Finds, loads and reloads projects: the disk is read by the loader thread, the outcome goes to the
 * {@link Workspace} on the loop. Methods are called on the loop.
 */
final class Projects {
    /** More changed files than this in one project: reading it whole is quicker. */
    private static final int RELOAD_FROM = 100;

    /** A burst of file events (a git checkout) is taken as one. */
    private static final long BURST_MILLIS = 40;

    private static final Set<String> PROJECT_FILES = Set.of("dbt_project.yml", "dvt_project.yml");

    private final Loop loop;
    private final Executor loader;
    private final ProjectAccess access;
    private final Workspace workspace;
    private final Progress progress;
    private final Consumer<String> log;

    /** Files touched on disk while their project is being read: looked at again afterwards. */
    private final Map<Path, Set<Path>> loading = new HashMap<>();

    private final Set<Path> again = new HashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<Path, Boolean> burst = new LinkedHashMap<>();
    private boolean burstPosted;
    private int searches;

    private record Waiting(Optional<Path> file, Runnable action) {}

    Projects(
            Loop loop,
            Executor loader,
            ProjectAccess access,
            Workspace workspace,
            Progress progress,
            Consumer<String> log) {
        this.loop = loop;
        this.loader = loader;
        this.access = access;
        this.workspace = workspace;
        this.progress = progress;
        this.log = log;
    }

    /** Looks for projects in a workspace folder, and for one around it. */
    void addFolder(Path folder) {
        search(
                () -> {
                    Set<Path> roots = new HashSet<>(access.discover(folder));
                    access.rootOf(folder.resolve("any")).ifPresent(roots::add);
                    return roots;
                });
    }

    /** Forgets projects below a folder, unless one of their files is open. */
    void removeFolder(Path folder) {
        for (Path root : Set.copyOf(workspace.snapshot().projects().keySet())) {
            boolean inUse =
                    workspace.openTexts().keySet().stream().anyMatch(file -> file.startsWith(root));
            if (root.startsWith(folder) && !inUse) {
                workspace.dropped(root);
            }
        }
    }

    /** Makes sure that the project of a file is there. */
    void wantProjectOf(Path file) {
        search(() -> access.rootOf(file).map(Set::of).orElse(Set.of()));
    }

    /**
     * Runs the action on the loop once the project of the file is known (or known not to be);
     * without a file, once all projects are.
     */
    void whenSettled(Optional<Path> file, Runnable action) {
        if (isSettled(file)) {
            action.run();
        } else {
            waiting.add(new Waiting(file, action));
        }
    }

    /** A file was saved: when it is one that the project is made of, the project is read anew. */
    void reloadIfNeeded(Path file) {
        workspace
                .snapshot()
                .rootOf(file)
                .filter(root -> access.needsReload(manifest(root), file))
                .ifPresent(root -> load(root, true));
    }

    /** Reads a file's project again: for clients that cannot watch files. */
    void rescan(Path file) {
        workspace.snapshot().rootOf(file).ifPresent(root -> load(root, true));
    }

    /**
     * A file changed on disk.
     *
     * @param deleted it (or the folder) is gone
     */
    void fileChanged(Path file, boolean deleted) {
        burst.put(file, deleted);
        if (!burstPosted) {
            burstPosted = true;
            loop.executeLater(BURST_MILLIS, this::takeBurst);
        }
    }

    private void takeBurst() {
        burstPosted = false;
        Map<Path, Boolean> files = Map.copyOf(burst);
        burst.clear();
        Map<Path, Map<Path, Boolean>> byRoot = new HashMap<>();
        files.forEach(
                (file, deleted) -> {
                    if (isProjectFile(file)) {
                        projectFileChanged(file, deleted);
                    } else {
                        if (deleted) {
                            dropProjectsBelow(file);
                        } else {
                            folderMayHaveCome(file);
                        }
                        workspace
                                .snapshot()
                                .rootOf(file)
                                .filter(root -> deleted || access.isInput(manifest(root), file))
                                .ifPresent(
                                        root ->
                                                byRoot.computeIfAbsent(root, r -> new HashMap<>())
                                                        .put(file, deleted));
                    }
                });
        byRoot.forEach(this::changed);
    }

    private void changed(Path root, Map<Path, Boolean> files) {
        boolean whole =
                files.size() >= RELOAD_FROM
                        || files.keySet().stream()
                                .anyMatch(file -> access.needsReload(manifest(root), file));
        if (whole) {
            load(root, true);
            return;
        }
        Set<Path> touched = loading.get(root);
        if (touched != null) {
            touched.addAll(files.keySet());
            return;
        }
        loader.execute(
                () -> {
                    Map<Path, Optional<String>> texts = new HashMap<>();
                    files.keySet().forEach(file -> texts.put(file, read(file)));
                    loop.execute(() -> diskRead(root, texts));
                });
    }

    private void diskRead(Path root, Map<Path, Optional<String>> texts) {
        Set<Path> touched = loading.get(root);
        if (touched != null) {
            touched.addAll(texts.keySet());
        }
        workspace.diskChanged(root, texts);
    }

    private void projectFileChanged(Path file, boolean deleted) {
        Path root = file.toAbsolutePath().getParent();
        if (root == null) {
            return;
        }
        search(
                () -> {
                    boolean there =
                            PROJECT_FILES.stream()
                                    .anyMatch(name -> Files.exists(root.resolve(name)));
                    return there ? Set.of(root) : Set.of();
                },
                true);
        if (deleted) {
            loader.execute(
                    () -> {
                        boolean gone =
                                PROJECT_FILES.stream()
                                        .noneMatch(name -> Files.exists(root.resolve(name)));
                        if (gone) {
                            loop.execute(() -> drop(root));
                        }
                    });
        } else {
            reloadAround(root);
        }
    }

    private void drop(Path root) {
        workspace.dropped(root);
        reloadAround(root);
    }

    /** Files of a project that came or went change hands with the one around it. */
    private void reloadAround(Path root) {
        workspace.snapshot().rootOf(root).ifPresent(outer -> load(outer, true));
    }

    /** A folder that was moved here is reported alone, without its files. */
    private void folderMayHaveCome(Path folder) {
        workspace
                .snapshot()
                .rootOf(folder)
                .filter(root -> access.isInput(manifest(root), folder.resolve("any.sql")))
                .ifPresent(
                        root ->
                                loader.execute(
                                        () -> {
                                            if (Files.isDirectory(folder)) {
                                                loop.execute(() -> load(root, true));
                                            }
                                        }));
    }

    private void dropProjectsBelow(Path folder) {
        for (Path root : Set.copyOf(workspace.snapshot().projects().keySet())) {
            if (root.startsWith(folder)) {
                loader.execute(
                        () -> {
                            if (!Files.exists(root)) {
                                loop.execute(() -> drop(root));
                            }
                        });
            }
        }
    }

    /** A search for roots, off the loop. */
    private interface Search {
        Set<Path> roots() throws IOException;
    }

    private void search(Search search) {
        search(search, false);
    }

    private void search(Search search, boolean reload) {
        searches++;
        loader.execute(
                () -> {
                    Set<Path> found;
                    try {
                        found = search.roots();
                    } catch (IOException | RuntimeException e) {
                        log.accept("A folder could not be searched for projects: " + e);
                        found = Set.of();
                    }
                    Set<Path> roots = found;
                    loop.execute(
                            () -> {
                                searches--;
                                roots.forEach(root -> load(root, reload));
                                settle();
                            });
                });
    }

    private void load(Path root, boolean reload) {
        boolean known = workspace.snapshot().projects().containsKey(root);
        if (loading.containsKey(root)) {
            if (reload) {
                again.add(root);
            }
            return;
        }
        if (known && !reload) {
            return;
        }
        loading.put(root, new HashSet<>());
        Map<Path, String> open = workspace.openTexts();
        Optional<Progress.Work> work =
                known
                        ? Optional.empty()
                        : Optional.of(
                                progress.begin("Reading project " + root.getFileName(), false));
        loader.execute(
                () -> {
                    Optional<Manifest> manifest = Optional.empty();
                    try {
                        manifest = Optional.of(access.load(root, open));
                    } catch (IOException | RuntimeException e) {
                        log.accept("The project in " + root + " could not be read: " + e);
                    }
                    Optional<Manifest> outcome = manifest;
                    loop.execute(
                            () -> {
                                try {
                                    loaded(root, outcome, open);
                                } finally {
                                    work.ifPresent(w -> w.end("Read"));
                                }
                            });
                });
    }

    private void loaded(Path root, Optional<Manifest> manifest, Map<Path, String> open) {
        Set<Path> touched = Optional.ofNullable(loading.remove(root)).orElse(Set.of());
        manifest.ifPresent(m -> workspace.loaded(root, m, open));
        touched.forEach(file -> fileChanged(file, false));
        if (again.remove(root)) {
            load(root, true);
        }
        settle();
    }

    private void settle() {
        List<Waiting> ready = waiting.stream().filter(w -> isSettled(w.file())).toList();
        waiting.removeAll(ready);
        ready.forEach(w -> w.action().run());
    }

    /** Whether the project of a file is known, or known not to be. */
    boolean isSettled(Optional<Path> file) {
        return searches == 0
                && loading.keySet().stream()
                        .filter(root -> file.isEmpty() || file.get().startsWith(root))
                        .allMatch(root -> workspace.snapshot().projects().containsKey(root));
    }

    private Manifest manifest(Path root) {
        return java.util.Objects.requireNonNull(workspace.snapshot().projects().get(root));
    }

    private static boolean isProjectFile(Path file) {
        return file.getFileName() != null && PROJECT_FILES.contains(file.getFileName().toString());
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
