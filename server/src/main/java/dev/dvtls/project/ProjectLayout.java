package dev.dvtls.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which file of a project is what, from its path alone. Immutable. */
public final class ProjectLayout {
    /** Names of project files, in the order in which they are looked for. */
    public static final List<String> PROJECT_FILES = List.of("dbt_project.yml", "dvt_project.yml");

    public static final String IGNORE_FILE = ".dbtignore";

    /** Where dvt-ls is set up, the one that counts first. */
    public static final List<String> SETTINGS_FILES = List.of("dvt.toml", "pyproject.toml");

    private static final Set<String> NEVER_READ =
            Set.of(".git", ".dvt", ".venv", "node_modules", "__pycache__", ".tox", ".nox");

    private final Project project;
    private final IgnoreRules ignore;
    private final List<Path> models;
    private final List<Path> seeds;
    private final List<Path> snapshots;
    private final List<Path> docs;
    private final List<Path> all;
    private final List<Path> inputs;
    private final Path results;
    private final Path packages;

    /**
     * @param ignore the project's {@code .dbtignore}
     */
    public ProjectLayout(Project project, IgnoreRules ignore) {
        this.project = project;
        this.ignore = ignore;
        this.models = folders(project, project.modelPaths());
        this.seeds = folders(project, project.seedPaths());
        this.snapshots = folders(project, project.snapshotPaths());
        this.docs = folders(project, project.docPaths());
        this.all = Stream.of(models, seeds, snapshots).flatMap(List::stream).distinct().toList();
        this.inputs = Stream.concat(all.stream(), docs.stream()).distinct().toList();
        this.results = project.root().resolve(project.targetPath()).normalize();
        this.packages = project.root().resolve(project.packagesPath()).normalize();
    }

    private static List<Path> folders(Project project, List<String> paths) {
        return paths.stream().map(p -> project.root().resolve(p).normalize()).distinct().toList();
    }

    public Project project() {
        return project;
    }

    /** Where models, seeds and snapshots are looked for: absolute, models first. */
    public List<Path> folders() {
        return all;
    }

    /** Those, and where files with doc blocks are looked for: absolute. */
    public List<Path> inputs() {
        return inputs;
    }

    /** True for a folder that is never part of a project: tools' own, virtual environments. */
    public static boolean isForeign(Path folder) {
        Path name = folder.getFileName();
        return name != null
                && (NEVER_READ.contains(name.toString())
                        || Files.exists(folder.resolve("pyvenv.cfg")));
    }

    public static boolean isProjectRoot(Path folder) {
        return PROJECT_FILES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** What a file is; {@link FileKind#OTHER} outside of the project and where it does not look. */
    public FileKind kindOf(Path file) {
        Path root = project.root();
        if (!file.startsWith(root) || file.equals(root)) {
            return FileKind.OTHER;
        }
        Path relative = root.relativize(file);
        String name = relative.getFileName().toString();
        if (relative.getNameCount() == 1
                && (PROJECT_FILES.contains(name)
                        || SETTINGS_FILES.contains(name)
                        || name.equals(IGNORE_FILE))) {
            return FileKind.PROJECT;
        }
        if (isExcluded(relative, false) || name.startsWith(".#")) {
            return FileKind.OTHER;
        }
        boolean inModels = isUnder(file, models);
        boolean inSeeds = isUnder(file, seeds);
        boolean inSnapshots = isUnder(file, snapshots);
        return switch (extension(name)) {
            case "py" ->
                    inModels && !name.equals("__init__.py")
                            ? FileKind.PYTHON_MODEL
                            : FileKind.OTHER;
            case "sql" ->
                    inModels
                            ? FileKind.SQL_MODEL
                            : inSnapshots ? FileKind.SNAPSHOT : FileKind.OTHER;
            case "csv" -> inSeeds ? FileKind.SEED : FileKind.OTHER;
            case "yml", "yaml" ->
                    inModels || inSeeds || inSnapshots ? FileKind.PROPERTIES : FileKind.OTHER;
            case "md" -> isUnder(file, docs) ? FileKind.DOCS : FileKind.OTHER;
            default -> FileKind.OTHER;
        };
    }

    /** True for a folder of the project that is not read: results, packages, ignored ones. */
    public boolean isExcludedFolder(Path folder) {
        return isForeign(folder)
                || (folder.startsWith(project.root())
                        && !folder.equals(project.root())
                        && isExcluded(project.root().relativize(folder), true));
    }

    private boolean isExcluded(Path relative, boolean directory) {
        Path whole = project.root().resolve(relative);
        if (whole.startsWith(results) || whole.startsWith(packages)) {
            return true;
        }
        for (Path part : relative) {
            if (NEVER_READ.contains(part.toString())) {
                return true;
            }
        }
        return ignore.ignores(relative.toString().replace('\\', '/'), directory);
    }

    public Path packagesFolder() {
        return packages;
    }

    private static boolean isUnder(Path file, List<Path> folders) {
        for (Path folder : folders) {
            if (file.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
