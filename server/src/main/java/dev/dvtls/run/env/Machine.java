package dev.dvtls.run.env;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of the machine decides where programs are.
 *
 * @param environment variables
 * @param system {@code linux}, {@code mac} or {@code windows}
 * @param processor {@code amd64} or {@code arm64}
 */
public record Machine(Map<String, String> environment, String system, String processor) {
    /** This one. */
    public static Machine here() {
        return here(System.getenv());
    }

    /** This one, with variables of its own. */
    public static Machine here(Map<String, String> environment) {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return new Machine(
                Map.copyOf(environment),
                name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "mac" : "linux",
                arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "amd64");
    }

    boolean isWindows() {
        return system.equals("windows");
    }

    /** {@code linux-amd64}: the key of what differs between machines. */
    String platform() {
        return system + "-" + processor;
    }

    /** The python of a virtual environment, there or not. */
    public Path python(Path environment) {
        return isWindows()
                ? environment.resolve("Scripts").resolve("python.exe")
                : environment.resolve("bin").resolve("python");
    }

    Path program(Path environment, String name) {
        return isWindows()
                ? environment.resolve("Scripts").resolve(name + ".exe")
                : environment.resolve("bin").resolve(name);
    }

    /** A variable that is set to something. */
    Optional<Path> path(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** The user's home folder. */
    Optional<Path> home() {
        return path(isWindows() ? "USERPROFILE" : "HOME");
    }

    /** Where a program keeps what it can make again; there or not. */
    Optional<Path> cache(String program) {
        return switch (system) {
            case "windows" ->
                    path("LOCALAPPDATA").map(local -> local.resolve(program).resolve("Cache"));
            case "mac" -> home().map(home -> home.resolve("Library/Caches").resolve(program));
            default ->
                    path("XDG_CACHE_HOME")
                            .or(() -> home().map(home -> home.resolve(".cache")))
                            .map(cache -> cache.resolve(program));
        };
    }

    /** Where a program keeps its settings; there or not. */
    Optional<Path> config(String program) {
        return switch (system) {
            case "windows" -> path("APPDATA").map(roaming -> roaming.resolve(program));
            case "mac" ->
                    home().map(home -> home.resolve("Library/Application Support"))
                            .map(support -> support.resolve(program));
            default ->
                    path("XDG_CONFIG_HOME")
                            .or(() -> home().map(home -> home.resolve(".config")))
                            .map(config -> config.resolve(program));
        };
    }

    /** A path that a file tells; {@code ~} is the home folder. Empty: it cannot be one. */
    Optional<Path> asPath(String text) {
        try {
            String path = text.strip();
            return path.startsWith("~/")
                    ? home().map(home -> home.resolve(path.substring(2)))
                    : Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The first program of one of the names on PATH. */
    Optional<Path> onPath(String... names) {
        List<Path> folders =
                Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .toList();
        return Stream.of(names)
                .map(name -> isWindows() ? name + ".exe" : name)
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Machine::isProgram)
                .findFirst();
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
