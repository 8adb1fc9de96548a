package dev.dvtls.lsp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Where the projects are that a client can see: in its workspace folders, around them, and around
 * its open documents. The disk is searched by the loader thread; methods are called on the loop.
 */
final class ProjectRoots {
    private final Loop loop;
    private final Executor loader;
    private final ProjectAccess access;
    private final Workspace workspace;
    private final Consumer<String> log;
    private final Runnable changed;

    private volatile Set<Path> folders = Set.of();
    private Set<Path> ofFolders = Set.of();
    private Map<Path, Path> ofDocuments = Map.of();
    private final AtomicBoolean searchWaits = new AtomicBoolean();
    private int searches;

    /** What a search of everything found; roots around documents by the document's file. */
    private record Found(Set<Path> ofFolders, Map<Path, Path> ofDocuments) {}

    /**
     * @param changed called on the loop when a search ended
     */
    ProjectRoots(
            Loop loop,
            Executor loader,
            ProjectAccess access,
            Workspace workspace,
            Consumer<String> log,
            Runnable changed) {
        this.loop = loop;
        this.loader = loader;
        this.access = access;
        this.workspace = workspace;
        this.log = log;
        this.changed = changed;
    }

    boolean isSearching() {
        return searches > 0;
    }

    boolean contains(Path root) {
        return ofFolders.contains(root) || ofDocuments.containsValue(root);
    }

    Set<Path> all() {
        Set<Path> all = new HashSet<>(ofFolders);
        all.addAll(ofDocuments.values());
        return all;
    }

    /** The root of the project that a file belongs to, whether it is read yet or not. */
    Optional<Path> of(Path file) {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            if (contains(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    void foldersChanged(List<Path> added, List<Path> removed) {
        Set<Path> now = new LinkedHashSet<>(folders);
        removed.forEach(now::remove);
        now.addAll(added);
        folders = Set.copyOf(now);
        search();
    }

    /** A document was opened: its project counts, wherever it lies. */
    void opened(Path file) {
        searches++;
        loader.execute(
                () -> {
                    Optional<Path> root = around(file);
                    loop.execute(
                            () -> {
                                searches--;
                                root.filter(r -> workspace.snapshot().document(file).isPresent())
                                        .ifPresent(r -> put(file, r));
                                changed.run();
                            });
                });
    }

    /** A search that broke off would be waited for by every question. */
    private Optional<Path> around(Path file) {
        try {
            return access.rootOf(file);
        } catch (RuntimeException | Error e) {
            log.accept("The project of " + file + " could not be looked for: " + e);
            return Optional.empty();
        }
    }

    private void put(Path file, Path root) {
        Map<Path, Path> now = new HashMap<>(ofDocuments);
        now.put(file, root);
        ofDocuments = Map.copyOf(now);
    }

    void closed(Path file) {
        if (ofDocuments.containsKey(file)) {
            Map<Path, Path> now = new HashMap<>(ofDocuments);
            now.remove(file);
            ofDocuments = Map.copyOf(now);
            changed.run();
        }
    }

    /** Looks for everything again; one search waits at a time. */
    void search() {
        if (!searchWaits.compareAndSet(false, true)) {
            return;
        }
        searches++;
        loader.execute(
                () -> {
                    searchWaits.set(false);
                    Optional<Found> found = find();
                    loop.execute(
                            () -> {
                                searches--;
                                found.ifPresent(this::take);
                                changed.run();
                            });
                });
    }

    private Optional<Found> find() {
        try {
            Set<Path> roots = new HashSet<>();
            for (Path folder : folders) {
                roots.addAll(access.discover(folder));
                access.rootOf(folder.resolve("any")).ifPresent(roots::add);
            }
            Map<Path, Path> around = new HashMap<>();
            for (Path file : workspace.openTexts().keySet()) {
                access.rootOf(file).ifPresent(root -> around.put(file, root));
            }
            return Optional.of(new Found(Set.copyOf(roots), around));
        } catch (IOException | RuntimeException | Error e) {
            log.accept("A folder could not be searched for projects: " + e);
            return Optional.empty();
        }
    }

    private void take(Found found) {
        ofFolders = found.ofFolders();
        Map<Path, Path> open = new HashMap<>(found.ofDocuments());
        // Closed meanwhile; what was opened meanwhile is looked at after this.
        open.keySet().retainAll(workspace.openTexts().keySet());
        ofDocuments = Map.copyOf(open);
    }
}
