package dev.dvtls.manifest;

import dev.dvtls.project.ConfigMerge;
import dev.dvtls.project.ProjectLayout;
import dev.dvtls.project.YamlNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names that files give to nodes. */
final class Names {
    private Names() {}

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The folders between the model (seed, snapshot) path that holds a file and the file. */
    static List<String> folders(ProjectLayout layout, Path file) {
        Path base = layout.project().root();
        for (Path candidate : layout.folders()) {
            if (file.startsWith(candidate)) {
                base = candidate;
                break;
            }
        }
        List<String> folders = new ArrayList<>();
        Path folder = file.getParent();
        if (folder != null && folder.startsWith(base) && !folder.equals(base)) {
            base.relativize(folder).forEach(part -> folders.add(part.toString()));
        }
        return folders;
    }

    /** A version's number, so that 10 comes after 9; a word comes before numbers. */
    static double number(String version) {
        try {
            return Double.parseDouble(version);
        } catch (NumberFormatException e) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /** A config's texts, one or a list, once each. */
    static List<String> texts(@Nullable Object value) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        if (value != null) {
            ConfigMerge.list(value).stream()
                    .filter(item -> item != YamlNull.NULL) // a list's item that is not written yet
                    .forEach(item -> texts.add(item.toString()));
        }
        return List.copyOf(texts);
    }
}
