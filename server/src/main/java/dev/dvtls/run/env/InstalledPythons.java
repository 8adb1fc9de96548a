package dev.dvtls.run.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Interpreters of a machine that a user may choose: conda's environments, pyenv's versions, PATH.
 */
final class InstalledPythons {
    private static final List<String> ROOTS =
            List.of("miniconda3", "miniforge3", "mambaforge", "anaconda3");

    private InstalledPythons() {}

    static List<Path> on(Machine machine) {
        List<Path> all = new ArrayList<>();
        for (Path home : condaEnvironments(machine)) {
            all.add(machine.isWindows() ? home.resolve("python.exe") : machine.python(home));
        }
        Pyenv.root(machine)
                .ifPresent(
                        root ->
                                folders(root.resolve("versions"))
                                        .forEach(version -> all.add(machine.python(version))));
        for (int minor = PythonVersion.NEWEST.minor();
                minor >= PythonVersion.OLDEST.minor();
                minor--) {
            machine.onPath("python3." + minor).ifPresent(all::add);
        }
        all.removeIf(python -> isShim(python) || !Machine.isProgram(python));
        return all.stream().distinct().toList();
    }

    /** Those that conda has written down, and those in its usual places. */
    static List<Path> condaEnvironments(Machine machine) {
        List<Path> all = new ArrayList<>();
        machine.home()
                .map(home -> home.resolve(".conda").resolve("environments.txt"))
                .ifPresent(
                        list -> {
                            for (String line : lines(list)) {
                                machine.asPath(line).filter(Path::isAbsolute).ifPresent(all::add);
                            }
                        });
        List<Path> roots = new ArrayList<>();
        for (String variable : List.of("CONDA_ROOT", "MAMBA_ROOT_PREFIX")) {
            machine.path(variable).ifPresent(roots::add);
        }
        machine.home().ifPresent(home -> ROOTS.forEach(name -> roots.add(home.resolve(name))));
        roots.forEach(root -> all.addAll(folders(root.resolve("envs"))));
        machine.home()
                .ifPresent(home -> all.addAll(folders(home.resolve(".conda").resolve("envs"))));
        return all.stream().distinct().toList();
    }

    private static boolean isShim(Path python) {
        Path folder = python.toAbsolutePath().getParent();
        return folder != null && folder.endsWith("shims");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Files.readString(file).lines().filter(line -> !line.isBlank()).toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(p -> Objects.toString(p.getFileName())))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
