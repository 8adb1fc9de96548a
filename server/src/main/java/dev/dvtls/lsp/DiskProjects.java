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
import dev.dvtls.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
            manifest = manifest.withText(document.getKey(), document.getValue());
        }
        return manifest;
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
