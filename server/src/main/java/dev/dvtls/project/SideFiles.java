package dev.dvtls.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files that name nodes and define none: macros, tests and analyses, and the project file with its
 * hooks. They are read only when somebody asks for every place of a name.
 */
public final class SideFiles {
    private static final List<List<String>> FOLDERS =
            List.of(
                    List.of("macro-paths", "macros"),
                    List.of("test-paths", "tests"),
                    List.of("analysis-paths", "analyses"));

    private SideFiles() {}

    /**
     * The {@code .sql} and {@code .yml} files among them, sorted. Reads the disk.
     *
     * @param text of the project file
     */
    public static List<Path> of(Project project, String text) {
        Optional<YamlNode> root = YamlText.read(project.file(), text).root();
        Set<Path> files = new TreeSet<>(List.of(project.file()));
        for (List<String> folder : FOLDERS) {
            List<String> said =
                    root.flatMap(r -> r.at(folder.get(0)))
                            .map(YamlNode::strings)
                            .filter(paths -> !paths.isEmpty())
                            .orElse(List.of(folder.get(1)));
            said.forEach(path -> files.addAll(below(project.root().resolve(path).normalize())));
        }
        return List.copyOf(files);
    }

    private static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().matches(".*\\.(sql|ya?ml)"))
                    .filter(Files::isRegularFile)
                    .forEach(files::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of(); // a folder that may not be read: nobody's names are in there
        }
        return files;
    }
}
