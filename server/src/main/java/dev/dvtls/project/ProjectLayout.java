package dev.dvtls.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Which file of a project is what, from its path alone.
 *
 * @param ignore the project's {@code .dbtignore}
 */
public record ProjectLayout(Project project, IgnoreRules ignore) {
    /** Names of project files, in the order in which they are looked for. */
    public static final List<String> PROJECT_FILES = List.of("dbt_project.yml", "dvt_project.yml");

    public static final String IGNORE_FILE = ".dbtignore";

    private static final Set<String> NEVER_READ =
            Set.of(".git", ".dvt", ".venv", "node_modules", "__pycache__", ".tox", ".nox");

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
                && (PROJECT_FILES.contains(name) || name.equals(IGNORE_FILE))) {
            return FileKind.PROJECT;
        }
        if (isExcluded(relative, false) || name.startsWith(".#")) {
            return FileKind.OTHER;
        }
        boolean models = isUnder(file, project.modelPaths());
        boolean seeds = isUnder(file, project.seedPaths());
        boolean snapshots = isUnder(file, project.snapshotPaths());
        return switch (extension(name)) {
            case "py" ->
                    models && !name.equals("__init__.py") ? FileKind.PYTHON_MODEL : FileKind.OTHER;
            case "sql" ->
                    models ? FileKind.SQL_MODEL : snapshots ? FileKind.SNAPSHOT : FileKind.OTHER;
            case "csv" -> seeds ? FileKind.SEED : FileKind.OTHER;
            case "yml", "yaml" ->
                    models || seeds || snapshots ? FileKind.PROPERTIES : FileKind.OTHER;
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
        if (whole.startsWith(project.root().resolve(project.targetPath()).normalize())
                || whole.startsWith(packagesFolder())) {
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
        return project.root().resolve(project.packagesPath()).normalize();
    }

    /** The folders of a kind of path, absolute. */
    public List<Path> folders(List<String> paths) {
        return paths.stream().map(p -> project.root().resolve(p).normalize()).distinct().toList();
    }

    private boolean isUnder(Path file, List<String> paths) {
        return folders(paths).stream().anyMatch(file::startsWith);
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
