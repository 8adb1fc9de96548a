package dev.dvtls.lsp;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.ProjectFiles;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.manifest.Selector;
import dev.dvtls.project.FileKind;
import dev.dvtls.project.FileText;
import dev.dvtls.project.ProjectFinder;
import dev.dvtls.project.ProjectLayout;
import dev.dvtls.run.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Projects as they are on disk. */
class DiskProjects implements ProjectAccess {
    /** Checks one model. */
    interface ModelCheck {
        List<Problem> check(Manifest manifest, Path file, Outside outside);
    }

    private final ModelCheck checker;
    private final Outside outside;

    DiskProjects() {
        this(Checker::check);
    }

    DiskProjects(ModelCheck checker) {
        this(checker, Outside.NOTHING);
    }

    DiskProjects(ModelCheck checker, Outside outside) {
        this.checker = checker;
        this.outside = outside;
    }

    @Override
    public ProjectAccess with(Outside other) {
        return new DiskProjects(checker, other);
    }

    @Override
    public Set<Path> discover(Path folder) {
        return Set.copyOf(ProjectFinder.find(folder));
    }

    @Override
    public Optional<Path> rootOf(Path file) {
        return Optional.ofNullable(file.getParent()).flatMap(ProjectFinder::enclosing);
    }

    @Override
    public Manifest load(Path root, Map<Path, String> open) {
        ProjectManifest manifest = ProjectLoader.load(root);
        for (Map.Entry<Path, String> document : open.entrySet()) {
            // A project within this one keeps its own files.
            if (rootOf(document.getKey()).equals(Optional.of(root))) {
                manifest = manifest.withText(document.getKey(), document.getValue());
            }
        }
        return manifest;
    }

    @Override
    public boolean holdsProject(Path place) {
        if (!Files.isDirectory(place)) {
            return false;
        }
        for (Path at = place; at != null; at = at.getParent()) {
            if (ProjectLayout.isForeign(at)) {
                return false;
            }
        }
        return !discover(place).isEmpty();
    }

    @Override
    public boolean mayHold(Manifest manifest, Path folder) {
        ProjectLayout layout = own(manifest).layout();
        return layout.kindOf(folder.resolve("any.yml")) != FileKind.OTHER
                || layout.packagesFolder().startsWith(folder)
                || layout.inputs().stream().anyMatch(inputs -> inputs.startsWith(folder));
    }

    @Override
    public boolean isImportable(Manifest manifest, Path place) {
        String name = String.valueOf(place.getFileName());
        return (name.endsWith(".py") || name.indexOf('.') < 0)
                && !own(manifest).layout().isExcludedFolder(place);
    }

    @Override
    public Set<Path> filesAt(Manifest manifest, Path place) {
        return own(manifest).filesAt(place);
    }

    @Override
    public Optional<UnaryOperator<Manifest>> read(Manifest manifest, Path file) {
        return Files.exists(file)
                ? Optional.of(ProjectLoader.reading(own(manifest), file))
                        .map(read -> now -> read.apply(own(now)))
                : Optional.empty();
    }

    @Override
    public Manifest withFile(Manifest manifest, Path file, String text) {
        return own(manifest).withText(file, text);
    }

    @Override
    public Manifest withoutFile(Manifest manifest, Path file) {
        return own(manifest).withoutFile(file);
    }

    @Override
    public boolean isInput(Manifest manifest, Path file) {
        return own(manifest).kindOf(file) != FileKind.OTHER || isPackaged(manifest, file);
    }

    @Override
    public boolean needsReload(Manifest manifest, Path file) {
        return own(manifest).kindOf(file) == FileKind.PROJECT || isPackaged(manifest, file);
    }

    /** Installed packages are read for their names; they change rarely, and many files at once. */
    private static boolean isPackaged(Manifest manifest, Path file) {
        return file.startsWith(own(manifest).layout().packagesFolder());
    }

    @Override
    public Set<String> select(Manifest manifest, RunRequest request) {
        try {
            return Selector.select(manifest, request.select(), request.exclude());
        } catch (Selector.UnknownSelection e) {
            return Set.of(); // the engine will say so
        }
    }

    @Override
    public List<Problem> check(Manifest manifest, Path file, String text) {
        if (manifest.file(file).isPresent()) {
            return checker.check(manifest, file, outside);
        }
        return ProjectFiles.check(manifest, file, text);
    }

    @Override
    public List<Problem> checkAll(Manifest manifest, Map<Path, String> open, Runnable cancelCheck) {
        return Checker.checkAll(
                manifest,
                file -> Optional.ofNullable(open.get(file)).or(() -> FileText.read(file).text()),
                outside,
                cancelCheck);
    }

    /** Manifests come from {@link #load} alone. */
    private static ProjectManifest own(Manifest manifest) {
        return (ProjectManifest) manifest;
    }
}
