package dev.dvtls.run.env;

import java.io.File;
import java.nio.file.Files;
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
