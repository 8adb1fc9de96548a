package dev.dvtls.manifest;

import dev.dvtls.project.PropertiesFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is made of nodes outside of the project, as a properties file declares it: the end of the
 * DAG. Nothing reads it, so it is no node.
 *
 * @param uniqueId dbt's: {@code exposure.<project>.<name>}
 * @param file the properties file
 * @param dependsOn unique ids of what it reads and the project has, sorted
 */
public record Exposure(
        String uniqueId,
        Path file,
        PropertiesFile.Exposure declared,
        List<String> tags,
        Set<String> dependsOn) {

    /** The enabled ones of a project's own files, by unique id. */
    static List<Exposure> in(Collection<PropertiesFile> files, String project, Resolver names) {
        List<Exposure> found = new ArrayList<>();
        for (PropertiesFile file : files) {
            for (PropertiesFile.Exposure declared : file.exposures()) {
                if (Definitions.isEnabled(declared.config())) {
                    found.add(of(file.file(), declared, project, names));
                }
            }
        }
        found.sort(Comparator.comparing(Exposure::uniqueId));
        return List.copyOf(found);
    }

    private static Exposure of(
            Path file, PropertiesFile.Exposure declared, String project, Resolver names) {
        Set<String> reads = new TreeSet<>();
        declared.reads()
                .forEach(m -> names.id(Reference.Target.of(m), project).ifPresent(reads::add));
        return new Exposure(
                "exposure." + project + "." + declared.name().text(),
                file,
                declared,
                Names.texts(declared.config().get("tags")),
                java.util.Collections.unmodifiableSet(reads));
    }

    /** As people call it. */
    public String title() {
        return declared.label().isEmpty() ? declared.name().text() : declared.label();
    }
}
