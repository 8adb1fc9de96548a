package dev.dvtls.python;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The CPython interpreters of this machine, and our script run under them. */
public final class Interpreters {
    /** What an interpreter says of itself; {@code pandas} is its folder where it has one. */
    public record Interpreter(
            Path program, PythonVersion version, Path library, Optional<Path> pandas) {
        @Override
        public String toString() {
            return "CPython " + version;
        }
    }

    private static final String ASK =
            """
            import sys, sysconfig, importlib.util as u
            p = u.find_spec('pandas')
            print(sys.implementation.name, '%d.%d' % sys.version_info[:2],
                  sysconfig.get_paths()['stdlib'], p.submodule_search_locations[0] if p else '', sep='\\n')
            """;

    private static final List<Interpreter> ALL = search();

    private Interpreters() {}

    /** One of each version from 3.8 on, the default one first. */
    public static List<Interpreter> all() {
        return ALL;
    }

    /** {@code python3} on the path. */
    public static Interpreter first() {
        return ALL.get(0);
    }

    private static List<Interpreter> search() {
        Set<Path> programs = new LinkedHashSet<>();
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            programs.add(Path.of(folder, "python3"));
        }
        for (int minor = 8; minor < 30; minor++) {
            for (String folder : path.split(File.pathSeparator)) {
                programs.add(Path.of(folder, "python3." + minor));
            }
            programs.add(Path.of("/usr/bin/python3." + minor));
        }
        programs.addAll(pyenv());
        Optional.ofNullable(System.getProperty("dvtls.test.venv"))
                .ifPresent(venv -> programs.add(Path.of(venv, "bin", "python3")));
        Map<PythonVersion, Interpreter> found = new LinkedHashMap<>();
        programs.stream()
                .filter(Files::isExecutable)
                .flatMap(program -> ask(program).stream())
                .forEach(i -> found.merge(i.version(), i, Interpreters::better));
        if (found.isEmpty()) {
            throw new IllegalStateException("There is no python3 of version 3.8 or later on PATH.");
        }
        return List.copyOf(found.values());
    }

    /** The first found, unless only the other has pandas. */
    private static Interpreter better(Interpreter first, Interpreter other) {
        return first.pandas().isEmpty() && other.pandas().isPresent()
                ? new Interpreter(first.program(), first.version(), first.library(), other.pandas())
                : first;
    }

    private static List<Path> pyenv() {
        String root =
                System.getenv()
                        .getOrDefault("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
        Path versions = Path.of(root, "versions");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.sorted().map(f -> f.resolve("bin/python3")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<Interpreter> ask(Path program) {
        try {
            List<String> lines = run(List.of(program.toString(), "-c", ASK)).lines().toList();
            if (lines.size() < 3 || !lines.get(0).equals("cpython")) {
                return Optional.empty();
            }
            Optional<Path> pandas =
                    lines.size() > 3 && !lines.get(3).isEmpty()
                            ? Optional.of(Path.of(lines.get(3)))
                            : Optional.empty();
            return PythonVersion.of(lines.get(1))
                    .map(v -> new Interpreter(program, v, Path.of(lines.get(2)), pandas));
        } catch (IOException | IllegalStateException notPython) {
            return Optional.empty();
        }
    }

    /** What {@code ast_dump.py} prints for files under an interpreter, by file. */
    public static Map<String, List<String>> dump(Interpreter interpreter, List<Path> files)
            throws IOException {
        Map<String, List<String>> result = new LinkedHashMap<>();
        List<String> facts = new ArrayList<>();
        for (int from = 0; from < files.size(); from += 500) {
            List<String> command = new ArrayList<>();
            command.add(interpreter.program().toString());
            command.add("src/test/python/ast_dump.py");
            files.subList(from, Math.min(files.size(), from + 500))
                    .forEach(file -> command.add(file.toString()));
            for (String line : run(command).split("\n")) {
                if (line.startsWith("# ")) {
                    facts = new ArrayList<>();
                    result.put(line.substring(2), facts);
                } else {
                    facts.add(line);
                }
            }
        }
        return result;
    }

    private static String run(List<String> command) throws IOException {
        Path out = Files.createTempFile("dvtls-python", ".txt");
        Path errors = Files.createTempFile("dvtls-python", ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile())
                            .start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        command.get(0) + " failed: " + Files.readString(errors));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }

    /** The Python files below a folder that belong to no installed package. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".py"))
                    .filter(file -> !folder.relativize(file).toString().contains("-packages"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
