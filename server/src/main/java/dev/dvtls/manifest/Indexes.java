package dev.dvtls.manifest;

import dev.dvtls.project.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What a manifest is made of; every part is persistent, so that a change shares the rest.
 *
 * @param sources every file that was read, of packages too
 * @param definitions what each of them defines
 * @param provides files by the keys of what they define ({@link Definition#keys})
 * @param wants files by the keys of what they refer to
 * @param mentions properties files by the keys of what their texts name
 * @param speakers properties files by what they speak of ({@link Keys#properties})
 * @param spokenOf files by the key that properties would have for them
 * @param nodes enabled and linked, by unique id
 * @param readers ids of direct readers, by id
 * @param crowded keys under which the project itself defines more than one node
 * @param problems of the project's files
 */
record Indexes(
        TreePMap<Path, SourceFile> sources,
        PMap<Path, FileDefinitions> definitions,
        Groups<Path> provides,
        Groups<Path> wants,
        Groups<Path> mentions,
        Groups<Path> speakers,
        Groups<Path> spokenOf,
        TreePMap<String, Node> nodes,
        Groups<String> readers,
        TreePSet<String> crowded,
        TreePMap<Path, List<FileProblem>> problems) {

    /** The definitions of a file, also by key. */
    record FileDefinitions(List<Definition> all, Map<String, List<Definition>> byKey) {
        static final FileDefinitions NONE = new FileDefinitions(List.of(), Map.of());

        /**
         * @param extraKeys under which the file shall be found, though it defines nothing there
         */
        static FileDefinitions of(List<Definition> all, List<String> extraKeys) {
            Map<String, List<Definition>> byKey = new LinkedHashMap<>();
            extraKeys.forEach(key -> byKey.put(key, new ArrayList<>()));
            for (Definition definition : all) {
                for (String key : definition.keys()) {
                    byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(definition);
                }
            }
            return new FileDefinitions(List.copyOf(all), byKey);
        }
    }

    static Indexes empty() {
        return new Indexes(
                TreePMap.empty(),
                HashTreePMap.empty(),
                Groups.empty(),
                Groups.empty(),
                Groups.empty(),
                Groups.empty(),
                Groups.empty(),
                TreePMap.empty(),
                Groups.empty(),
                TreePSet.empty(),
                TreePMap.empty());
    }

    FileDefinitions definitions(Path file) {
        return definitions.getOrDefault(file, FileDefinitions.NONE);
    }

    /** Everything that is defined under a key, by file, enabled or not. */
    List<Definition> defined(String key) {
        List<Definition> found = new ArrayList<>();
        for (Path file : provides.get(key)) {
            found.addAll(definitions(file).byKey().getOrDefault(key, List.of()));
        }
        return found;
    }
}
