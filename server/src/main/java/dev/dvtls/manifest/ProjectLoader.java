package dev.dvtls.manifest;

import dev.dvtls.project.FileKind;
import dev.dvtls.project.FileProblem;
import dev.dvtls.project.FileText;
import dev.dvtls.project.ProjectFinder;
import dev.dvtls.project.ProjectLayout;
import dev.dvtls.project.ProjectReader;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesReader;
import dev.dvtls.project.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads projects from disk. Starts nothing of them; what cannot be read becomes a problem. */
public final class ProjectLoader {
    private record Read(SourceFile file, List<FileProblem> problems) {}

    private ProjectLoader() {}

    /**
     * @param root the folder that holds {@code dbt_project.yml}
     */
    public static ProjectManifest load(Path root) {
        ProjectReader.Result project = ProjectReader.read(root);
        Packages packages = new Packages(project.layout(), installed(project.layout()));
        List<FileProblem> problems = new ArrayList<>(project.problems());
        List<Listed> files = new ArrayList<>();
        ProjectFinder.Listing own = ProjectFinder.list(project.layout());
        problems.addAll(own.problems());
        own.files().forEach(f -> files.add(new Listed(f.file(), f.kind())));
        for (ProjectLayout layout : packages.installed()) {
            ProjectFinder.list(layout)
                    .files()
                    .forEach(f -> files.add(new Listed(f.file(), f.kind())));
        }
        List<Read> read = files.parallelStream().map(f -> read(f.file(), f.kind())).toList();
        ManifestEdit edit = new ManifestEdit(packages, Indexes.empty());
        read.forEach(r -> edit.put(r.file(), r.problems()));
        return ProjectManifest.of(
                packages,
                edit.finish(),
                problems,
                SettingsFile.of(project.layout().project().root()));
    }

    private record Listed(Path file, FileKind kind) {}

    /** Reads a file as it is on disk now; what is returned reads nothing more. */
    public static UnaryOperator<ProjectManifest> reading(ProjectManifest manifest, Path file) {
        FileKind kind = manifest.kindOf(file);
        if (kind == FileKind.OTHER || kind == FileKind.PROJECT) {
            return UnaryOperator.identity();
        }
        if (!Files.exists(file)) {
            return before -> before.withoutFile(file);
        }
        Read read = read(file, kind);
        return before -> before.changed(edit -> edit.put(read.file(), read.problems()));
    }

    private static List<ProjectLayout> installed(ProjectLayout root) {
        Path folder = root.packagesFolder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted()
                    .filter(ProjectLayout::isProjectRoot)
                    .map(entry -> ProjectReader.read(entry).layout())
                    .toList();
        } catch (IOException e) {
            return List.of(); // then their names are unknown, which a reference to one will say
        }
    }

    private static Read read(Path file, FileKind kind) {
        if (kind == FileKind.SEED) {
            return new Read(new SourceFile.Seed(file), List.of()); // its name is all that counts
        }
        FileText read = FileText.read(file);
        List<FileProblem> problems = read.problem().stream().toList();
        String text = read.text().orElse("");
        if (kind == FileKind.PROPERTIES) {
            PropertiesFile properties = PropertiesReader.read(file, text);
            List<FileProblem> all = new ArrayList<>(problems);
            all.addAll(properties.problems());
            return new Read(SourceFile.Properties.of(properties), all);
        }
        if (kind == FileKind.DOCS) {
            return new Read(new SourceFile.Docs(file, DocBlocks.read(text)), problems);
        }
        ModelFile model =
                read.text().isEmpty()
                        ? unreadable(file)
                        : kind == FileKind.PYTHON_MODEL
                                ? PythonModelReader.read(file, text)
                                : SqlModelReader.read(file, text);
        return new Read(
                kind == FileKind.SNAPSHOT
                        ? new SourceFile.Snapshots(model, SqlModelReader.snapshots(text))
                        : new SourceFile.Model(model),
                problems);
    }

    /** A model that nobody can read is still a name to refer to. */
    private static ModelFile unreadable(Path file) {
        return new ModelFile(
                file, "", List.of(), List.of(), List.of(), Optional.empty(), List.of());
    }
}
