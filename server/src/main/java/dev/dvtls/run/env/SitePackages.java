package dev.dvtls.run.env;

import dev.dvtls.check.Outside;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The modules of an interpreter, by the folders that it would import from. It is not started, so
 * what a start-up hook adds is not seen, but for the hooks of editable installs.
 *
 * @param folders site-packages and what {@code .pth} files and {@code PYTHONPATH} add to them
 * @param names of all modules in them, and of those that hooks bring
 */
public record SitePackages(Path python, List<Path> folders, Set<String> names)
        implements Outside.Importable {
    private static final String STANDARD_LIBRARY = "stdlib.txt";
    private static final Pattern IN_CONFIG =
            Pattern.compile("(?m)^\\s*(home|include-system-site-packages)\\s*=\\s*(.*?)\\s*$");
    private static final Pattern QUOTED = Pattern.compile("['\"]([A-Za-z_][\\w.]*)['\"]");
    private static final Pattern FINDER = Pattern.compile("import\\s+(__editable__\\w+)");

    private static final class Standard {
        static final Set<String> NAMES = read();

        private static Set<String> read() {
            try (InputStream in = SitePackages.class.getResourceAsStream(STANDARD_LIBRARY)) {
                return in == null
                        ? Set.of()
                        : Set.copyOf(
                                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                        .lines()
                                        .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Empty where it cannot be told where the interpreter imports from (a shim, for one). */
    public static Optional<SitePackages> of(Path python, Machine machine) {
        List<Path> sites = sites(python, machine);
        if (sites.isEmpty()) {
            return Optional.empty();
        }
        Set<Path> folders = new LinkedHashSet<>();
        Optional.ofNullable(machine.environment().get("PYTHONPATH")).stream()
                .flatMap(value -> Stream.of(value.split(java.io.File.pathSeparator)))
                .filter(entry -> !entry.isBlank())
                .flatMap(entry -> path(Path.of(""), entry).stream())
                .forEach(folders::add);
        Set<String> names = new HashSet<>();
        for (Path site : sites) {
            folders.add(site);
            added(site, folders, names);
        }
        folders.forEach(folder -> names.addAll(modules(folder)));
        return Optional.of(new SitePackages(python, List.copyOf(folders), Set.copyOf(names)));
    }

    /** Where packages are installed for an interpreter. */
    static List<Path> sites(Path python, Machine machine) {
        Optional<Path> home = Interpreter.prefix(python);
        if (home.isEmpty()) {
            return List.of();
        }
        Path config = home.get().resolve("pyvenv.cfg");
        if (Files.isRegularFile(config)) {
            List<Path> sites = new ArrayList<>(below(home.get()));
            withSystem(config).ifPresent(base -> sites.addAll(systemSites(base, machine)));
            return sites;
        }
        try {
            return Optional.ofNullable(python.toRealPath().getParent())
                    .map(real -> systemSites(real, machine))
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The folder of the base interpreter, when its packages count in a virtual environment. */
    private static Optional<Path> withSystem(Path config) {
        Optional<Path> home = Optional.empty();
        boolean system = false;
        try {
            Matcher line = IN_CONFIG.matcher(Files.readString(config));
            while (line.find()) {
                if (line.group(1).equals("home")) {
                    home = path(Path.of(""), line.group(2));
                } else {
                    system = line.group(2).equalsIgnoreCase("true");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return system ? home : Optional.empty();
    }

    /** Those of an interpreter that is no virtual environment; none when it has no library. */
    private static List<Path> systemSites(Path bin, Machine machine) {
        Path prefix = bin.endsWith("bin") ? Optional.ofNullable(bin.getParent()).orElse(bin) : bin;
        List<Path> sites = new ArrayList<>(below(prefix));
        boolean library =
                libraries(prefix).stream().anyMatch(l -> Files.isRegularFile(l.resolve("os.py")));
        if (!library) {
            return List.of();
        }
        if (prefix.equals(Path.of("/usr"))) {
            sites.addAll(below(Path.of("/usr/local")));
        }
        machine.path("HOME").ifPresent(home -> sites.addAll(below(home.resolve(".local"))));
        return sites;
    }

    private static List<Path> libraries(Path prefix) {
        List<Path> all = new ArrayList<>(List.of(prefix.resolve("Lib")));
        for (String lib : List.of("lib", "lib64")) {
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(prefix.resolve(lib), "python3*")) {
                found.forEach(all::add);
            } catch (IOException e) {
                all.remove(prefix.resolve(lib)); // it has none of the name
            }
        }
        return all;
    }

    private static List<Path> below(Path prefix) {
        return libraries(prefix).stream()
                .flatMap(l -> Stream.of(l.resolve("site-packages"), l.resolve("dist-packages")))
                .filter(Files::isDirectory)
                .distinct()
                .toList();
    }

    /** What a site's {@code .pth} files add: folders, and names that their hooks bring. */
    private static void added(Path site, Set<Path> folders, Set<String> names) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(site, "*.pth")) {
            for (Path file : files) {
                for (String line : Files.readString(file).lines().map(String::strip).toList()) {
                    if (line.startsWith("import ") || line.startsWith("import\t")) {
                        names.addAll(hooked(site, line));
                    } else if (!line.isEmpty() && !line.startsWith("#")) {
                        path(site, line).filter(Files::isDirectory).ifPresent(folders::add);
                    }
                }
            }
        } catch (IOException e) {
            return; // then fewer are known to be there; the folder itself is read next
        }
    }

    private static Set<String> hooked(Path site, String line) throws IOException {
        String text = line;
        Matcher finder = FINDER.matcher(line);
        if (finder.find()) {
            Path source = site.resolve(finder.group(1) + ".py");
            text = Files.isRegularFile(source) ? Files.readString(source) : "";
        }
        Set<String> names = new HashSet<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            names.add(quoted.group(1).split("\\.", 2)[0]);
        }
        return names;
    }

    private static Optional<Path> path(Path base, String text) {
        try {
            return Optional.of(base.resolve(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Set<String> modules(Path folder) {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean metadata = name.endsWith(".dist-info") || name.endsWith(".egg-info");
                int dot = name.indexOf('.');
                String module = dot < 0 ? name : name.substring(0, dot);
                if (!metadata && (dot < 0 || name.matches(".*\\.(py|pyc|so|pyd)"))) {
                    names.add(module);
                }
            }
        } catch (IOException e) {
            return Set.of();
        }
        return names;
    }

    @Override
    public boolean has(String name) {
        return names.contains(name) || Standard.NAMES.contains(name);
    }

    @Override
    public Optional<String> missing(String module) {
        String[] parts = module.split("\\.");
        if (!has(parts[0])) {
            return Optional.of(parts[0]);
        }
        if (Standard.NAMES.contains(parts[0])) {
            return Optional.empty();
        }
        String relative = parts[0];
        for (int i = 1; i < parts.length; i++) {
            if (!isNamespace(relative)) {
                return Optional.empty(); // what a package holds, its own code decides
            }
            relative = relative + "/" + parts[i];
            String here = relative;
            if (folders.stream().noneMatch(f -> isModule(f, here))) {
                return Optional.of(String.join(".", List.of(parts).subList(0, i + 1)));
            }
        }
        return Optional.empty();
    }

    /** Folders without code of their own, wherever they are. */
    private boolean isNamespace(String relative) {
        List<Path> there =
                folders.stream().map(f -> f.resolve(relative)).filter(Files::isDirectory).toList();
        return !there.isEmpty()
                && there.stream().noneMatch(p -> Files.exists(p.resolve("__init__.py")))
                && folders.stream().noneMatch(f -> Files.exists(f.resolve(relative + ".py")));
    }

    private static boolean isModule(Path folder, String relative) {
        Path path = folder.resolve(relative);
        Path parent = Optional.ofNullable(path.getParent()).orElse(folder);
        String name = String.valueOf(path.getFileName());
        if (Files.isDirectory(path) || Files.isRegularFile(parent.resolve(name + ".py"))) {
            return true;
        }
        return Files.isDirectory(parent) && modules(parent).contains(name);
    }
}
