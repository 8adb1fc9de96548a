package dev.dvtls.run.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What pyenv would start, told by its files. */
final class Pyenv {
    /** A version's name is the name of a folder: a path would lead elsewhere. */
    private static final Pattern NAME = Pattern.compile("[\\w+-][\\w.+-]*");

    private Pyenv() {}

    /** The folder of the version that the nearest {@code .python-version} or a variable names. */
    static Optional<Path> version(List<Path> folders, Machine machine) {
        Optional<Path> root = root(machine);
        return root.flatMap(
                r ->
                        names(folders, machine).stream()
                                .flatMap(name -> folder(r.resolve("versions"), name).stream())
                                .findFirst());
    }

    /** A shim's program is pyenv itself: the interpreter that it would start; else the same. */
    static Path behind(Path python, Machine machine) {
        Optional<Path> root =
                Optional.ofNullable(python.toAbsolutePath().getParent())
                        .filter(folder -> folder.endsWith("shims"))
                        .flatMap(folder -> Optional.ofNullable(folder.getParent()))
                        .filter(r -> Files.isDirectory(r.resolve("versions")));
        return root.flatMap(
                        r ->
                                words(r.resolve("version")).stream()
                                        .flatMap(
                                                name ->
                                                        folder(r.resolve("versions"), name)
                                                                .stream())
                                        .map(machine::python)
                                        .filter(Machine::isProgram)
                                        .findFirst())
                .orElse(python);
    }

    static Optional<Path> root(Machine machine) {
        return machine.path("PYENV_ROOT")
                .or(
                        () ->
                                machine.home()
                                        .map(home -> home.resolve(".pyenv"))
                                        .map(r -> machine.isWindows() ? r.resolve("pyenv-win") : r))
                .filter(r -> Files.isDirectory(r.resolve("versions")));
    }

    private static List<String> names(List<Path> folders, Machine machine) {
        String variable = machine.environment().getOrDefault("PYENV_VERSION", "");
        if (!variable.isBlank()) {
            return List.of(variable.split(":"));
        }
        return folders.stream()
                .map(folder -> folder.resolve(".python-version"))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Pyenv::words)
                .orElse(List.of());
    }

    private static List<String> words(Path file) {
        try {
            return Files.readString(file)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", ""))
                    .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                    .filter(word -> NAME.matcher(word).matches())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** {@code 3.11} is the newest 3.11.x that is there. */
    private static Optional<Path> folder(Path versions, String name) {
        Path exact = versions.resolve(name);
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        if (Files.isDirectory(exact)) {
            return Optional.of(exact);
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.filter(one -> fileName(one).startsWith(name + "."))
                    .filter(Files::isDirectory)
                    .max(Comparator.comparing(Pyenv::number).thenComparing(Pyenv::fileName));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The last number of {@code 3.11.7}. */
    private static int number(Path version) {
        String last = fileName(version).replaceFirst(".*\\.(\\d{1,6}).*", "$1");
        return last.matches("\\d+") ? Integer.parseInt(last) : -1;
    }

    private static String fileName(Path path) {
        return Objects.toString(path.getFileName());
    }
}
