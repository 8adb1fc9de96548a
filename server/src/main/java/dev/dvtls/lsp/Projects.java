package dev.dvtls.lsp;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.FileText;
import dev.dvtls.project.ProjectLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
    private final ProjectRoots roots;

    /** Files touched on disk while their project is being read: looked at again afterwards. */
    private final Map<Path, Set<Path>> loading = new HashMap<>();

    private final Set<Path> again = new HashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<Path> burst = new HashSet<>();
    private boolean burstPosted;

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
        this.roots = new ProjectRoots(loop, loader, access, workspace, log, this::rootsChanged);
    }

    void foldersChanged(List<Path> added, List<Path> removed) {
        roots.foldersChanged(added, removed);
    }

    void opened(Path file) {
        roots.opened(file);
    }

    /** What was typed and not saved is no more; where all of it was, nothing has changed. */
    void closed(Document document) {
        for (Path file : document.path().stream().toList()) {
            loader.execute(
                    () -> {
                        if (!FileText.read(file).text().equals(Optional.of(document.text()))) {
                            loop.execute(() -> fileChanged(file));
                        }
                    });
            roots.closed(file);
        }
    }

    /** Projects came, or went. */
    private void rootsChanged() {
        Set<Path> known = Set.copyOf(workspace.snapshot().projects().keySet());
        known.stream().filter(root -> !roots.contains(root)).forEach(this::drop);
        roots.all().forEach(root -> load(root, false));
        settle();
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
        workspace.snapshot().rootOf(file).ifPresent(this::reload);
        if (decidesOnProjects(file)) {
            roots.search();
        }
    }

    /** A file or a folder was changed on disk, came or went: the disk says which. */
    void fileChanged(Path place) {
        burst.add(place);
        if (!burstPosted) {
            burstPosted = true;
            loop.executeLater(BURST_MILLIS, this::takeBurst);
        }
    }

    private void takeBurst() {
        burstPosted = false;
        Set<Path> places = Set.copyOf(burst);
        burst.clear();
        Map<Path, Set<Path>> byRoot = new HashMap<>();
        for (Path place : places) {
            roots.of(place)
                    .ifPresent(r -> byRoot.computeIfAbsent(r, n -> new HashSet<>()).add(place));
            // A package that is looked at as a project is still read by the one around it.
            roots.of(place)
                    .flatMap(roots::of)
                    .filter(outer -> reads(outer, place))
                    .ifPresent(this::reload);
            if (isProjectFile(place)) {
                // Files of a project that came or went change hands with the one around it.
                Optional.ofNullable(place.getParent()).flatMap(roots::of).ifPresent(this::reload);
            }
        }
        byRoot.forEach(this::changed);
        searchFor(places);
    }

    private boolean reads(Path root, Path place) {
        return Optional.ofNullable(workspace.snapshot().projects().get(root))
                .filter(manifest -> access.needsReload(manifest, place))
                .isPresent();
    }

    /** Looks for projects that came or went with files or folders. */
    private void searchFor(Set<Path> places) {
        boolean known =
                places.stream()
                        .anyMatch(
                                place ->
                                        decidesOnProjects(place)
                                                || roots.all().stream()
                                                        .anyMatch(r -> r.startsWith(place)));
        if (known) {
            roots.search();
            return;
        }
        loader.execute(
                () -> {
                    if (places.stream().anyMatch(access::holdsProject)) {
                        loop.execute(roots::search);
                    }
                });
    }

    private void changed(Path root, Set<Path> places) {
        Set<Path> touched = loading.get(root);
        if (touched != null) {
            touched.addAll(places);
            return;
        }
        Optional<Manifest> known = Optional.ofNullable(workspace.snapshot().projects().get(root));
        if (known.isEmpty()) {
            return;
        }
        Manifest manifest = known.get();
        Set<Path> inputs =
                places.stream()
                        .filter(p -> access.isInput(manifest, p) || access.mayHold(manifest, p))
                        .collect(Collectors.toSet());
        if (inputs.size() >= RELOAD_FROM
                || inputs.stream().anyMatch(place -> access.needsReload(manifest, place))) {
            load(root, true);
        } else if (!inputs.isEmpty()) {
            loader.execute(
                    () -> {
                        try {
                            read(root, manifest, inputs);
                        } catch (RuntimeException e) {
                            // Not without a word, and not without what changed.
                            log.accept("Files of " + root + " could not be read: " + e);
                            loop.execute(() -> reload(root));
                        }
                    });
        } else if (places.stream().anyMatch(place -> access.isImportable(manifest, place))) {
            workspace.surroundingsChanged(root);
        }
    }

    private void read(Path root, Manifest manifest, Set<Path> places) {
        Map<Path, Optional<UnaryOperator<Manifest>>> read = new HashMap<>();
        for (Path place : places) {
            if (!access.rootOf(place).equals(Optional.of(root))) {
                continue; // of a project within this one that nobody wants to see
            }
            if (Files.isDirectory(place)) {
                // A folder that was moved here is reported alone, without its files.
                loop.execute(() -> reload(root));
                return;
            }
            read.put(place, access.read(manifest, place));
        }
        loop.execute(() -> diskRead(root, read));
    }

    private void diskRead(Path root, Map<Path, Optional<UnaryOperator<Manifest>>> read) {
        Set<Path> touched = loading.get(root);
        if (touched != null) {
            touched.addAll(read.keySet());
        }
        workspace.diskChanged(root, read);
    }

    private void drop(Path root) {
        workspace.dropped(root);
        roots.of(root).ifPresent(this::reload);
    }

    private void reload(Path root) {
        load(root, true);
    }

    private void load(Path root, boolean reload) {
        boolean known = workspace.snapshot().projects().containsKey(root);
        if (loading.containsKey(root)) {
            if (reload) {
                again.add(root);
            }
            return;
        }
        if ((known && !reload) || !roots.contains(root)) {
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
                    } catch (IOException | RuntimeException | Error e) {
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
        if (roots.contains(root)) {
            manifest.ifPresent(m -> workspace.loaded(root, m, open));
        }
        touched.forEach(this::fileChanged);
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
        return !roots.isSearching()
                && loading.keySet().stream()
                        .filter(root -> file.isEmpty() || file.get().startsWith(root))
                        .allMatch(root -> workspace.snapshot().projects().containsKey(root));
    }

    private Manifest manifest(Path root) {
        return java.util.Objects.requireNonNull(workspace.snapshot().projects().get(root));
    }

    /** What is ignored is no project. */
    private static boolean decidesOnProjects(Path file) {
        return isProjectFile(file) || file.endsWith(ProjectLayout.IGNORE_FILE);
    }

    private static boolean isProjectFile(Path file) {
        return file.getFileName() != null && PROJECT_FILES.contains(file.getFileName().toString());
    }
}
