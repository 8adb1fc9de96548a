package dev.dvtls.run.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * The environments that tools keep for a project, told by their files. A project may be a part of a
 * repository: then what lies in the folders up to the one with {@code .git} is its own as well.
 */
final class ProjectEnvironments {
    private static final Pattern NAME_IN_CONDA =
            Pattern.compile("(?m)^name:[ \\t]*['\"]?([\\w.+-]+)['\"]?[ \\t]*(?:#.*)?$");

    private final Path projectDir;
    private final Machine machine;

    ProjectEnvironments(Path projectDir, Machine machine) {
        this.projectDir = projectDir.toAbsolutePath().normalize();
        this.machine = machine;
    }

    /** Folders of venv, uv (which calls it {@code .venv}) and conda beside the project's files. */
    List<Path> own() {
        return folders().stream()
                .flatMap(folder -> Stream.of(".venv", "venv", ".conda").map(folder::resolve))
                .filter(Files::isDirectory)
                .toList();
    }

    Optional<Path> uv() {
        return machine.path("UV_PROJECT_ENVIRONMENT")
                .flatMap(
                        named ->
                                folders().stream()
                                        .filter(
                                                folder ->
                                                        has(folder, "uv.lock")
                                                                || has(folder, "pyproject.toml"))
                                        .map(folder -> folder.resolve(named))
                                        .findFirst());
    }

    Optional<Path> pyenv() {
        return Pyenv.version(folders(), machine);
    }

    /** The environment of the name that {@code environment.yml} gives. */
    Optional<Path> conda() {
        Optional<String> name =
                folders().stream()
                        .flatMap(
                                f ->
                                        Stream.of("environment.yml", "environment.yaml")
                                                .map(f::resolve))
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .flatMap(ProjectEnvironments::condaName);
        return name.flatMap(
                wanted ->
                        InstalledPythons.condaEnvironments(machine).stream()
                                .filter(home -> fileName(home).equals(wanted))
                                .filter(Files::isDirectory)
                                .findFirst());
    }

    private static Optional<String> condaName(Path file) {
        Matcher name = NAME_IN_CONDA.matcher(text(file));
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** The one that poetry would take; where it has not written that down, the newest. */
    Optional<Path> poetry() {
        return folders().stream()
                .filter(folder -> has(folder, "pyproject.toml"))
                .findFirst()
                .flatMap(this::poetry);
    }

    private Optional<Path> poetry(Path folder) {
        TomlParseResult file = toml(folder.resolve("pyproject.toml"));
        if (!file.isTable("tool.poetry") && !has(folder, "poetry.lock")) {
            return Optional.empty();
        }
        String name =
                string(file, "project.name")
                        .or(() -> string(file, "tool.poetry.name"))
                        .orElse("non-package-mode");
        String stem = poetryStem(name, folder);
        return poetryFolder(folder)
                .flatMap(
                        environments -> {
                            Optional<Path> written =
                                    string(toml(environments.resolve("envs.toml")), stem, "minor")
                                            .map(v -> environments.resolve(stem + "-py" + v));
                            return written.filter(Files::isDirectory)
                                    .or(() -> newest(environments, stem + "-py"));
                        });
    }

    /** {@code name-hash}: poetry's own, of the project's real path. */
    static String poetryStem(String name, Path folder) {
        String clean =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[-_.]+", "-")
                        .replaceAll("[ $`!*@\"\\\\\r\n\t]", "_");
        try {
            String path = folder.toRealPath().toString();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(normal(path).getBytes(StandardCharsets.UTF_8));
            return clean.substring(0, Math.min(42, clean.length()))
                    + "-"
                    + Base64.getUrlEncoder().encodeToString(hash).substring(0, 8);
        } catch (NoSuchAlgorithmException | IOException e) {
            return clean;
        }
    }

    /** Python's {@code os.path.normcase}. */
    private static String normal(String path) {
        return path.contains("\\") ? path.toLowerCase(Locale.ROOT) : path;
    }

    /** A path that is not absolute is one from the project, where poetry is started. */
    private Optional<Path> poetryFolder(Path folder) {
        Optional<Path> cache =
                poetrySetting("cache-dir", folder)
                        .flatMap(machine::asPath)
                        .or(() -> machine.cache("pypoetry"))
                        .map(folder::resolve);
        return poetrySetting("virtualenvs.path", folder)
                .map(path -> path.replace("{cache-dir}", cache.map(Path::toString).orElse("")))
                .flatMap(machine::asPath)
                .map(folder::resolve)
                .or(() -> cache.map(dir -> dir.resolve("virtualenvs")))
                .filter(Files::isDirectory);
    }

    /** A variable, the project's settings, the user's: in poetry's order. */
    private Optional<String> poetrySetting(String name, Path folder) {
        String variable = "POETRY_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return Optional.ofNullable(machine.environment().get(variable))
                .filter(value -> !value.isBlank())
                .or(() -> string(toml(folder.resolve("poetry.toml")), name))
                .or(
                        () ->
                                machine.config("pypoetry")
                                        .map(dir -> toml(dir.resolve("config.toml")))
                                        .flatMap(settings -> string(settings, name)));
    }

    private static Optional<Path> newest(Path parent, String start) {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(one -> fileName(one).startsWith(start))
                    .filter(one -> version(one, start).isPresent())
                    .max(Comparator.comparing(one -> version(one, start).orElseThrow()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<PythonVersion> version(Path environment, String start) {
        return PythonVersion.in(fileName(environment).substring(start.length()));
    }

    /** The project's folder, and those around it in its repository that are of the same owner. */
    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Path at = projectDir; at != null; at = at.getParent()) {
            if (!isOfSameOwner(at)) {
                break; // what others put there is not ours to run
            }
            folders.add(at);
            if (Files.exists(at.resolve(".git"))) {
                return folders;
            }
        }
        return List.of(projectDir);
    }

    private boolean isOfSameOwner(Path folder) {
        try {
            return Files.getOwner(folder).equals(Files.getOwner(projectDir));
        } catch (IOException | UnsupportedOperationException e) {
            return folder.equals(projectDir);
        }
    }

    private static boolean has(Path folder, String file) {
        return Files.isRegularFile(folder.resolve(file));
    }

    private static TomlParseResult toml(Path file) {
        return Toml.parse(text(file)); // of broken text there is less in it
    }

    private static Optional<String> string(TomlParseResult file, String dotted) {
        return file.isString(dotted)
                ? Optional.ofNullable(file.getString(dotted))
                : Optional.empty();
    }

    private static Optional<String> string(TomlParseResult file, String table, String key) {
        List<String> path = List.of(table, key);
        return file.isString(path) ? Optional.ofNullable(file.getString(path)) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String fileName(Path path) {
        return Objects.toString(path.getFileName());
    }
}
