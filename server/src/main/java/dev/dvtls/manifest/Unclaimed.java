package dev.dvtls.manifest;

import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An entry below {@code models:} of a properties file that no model has. */
public record Unclaimed(Path file, Described entry) {
    /** Those of the project's own files. */
    static List<Unclaimed> in(Indexes indexes, Packages packages) {
        List<Unclaimed> found = new ArrayList<>();
        for (SourceFile source : indexes.sources().values()) {
            if (source instanceof SourceFile.Properties properties
                    && packages.isOwn(properties.path())) {
                properties.file().described().stream()
                        .filter(entry -> entry.section() == Section.MODELS)
                        .filter(entry -> !isClaimed(entry, indexes, packages))
                        .forEach(entry -> found.add(new Unclaimed(source.path(), entry)));
            }
        }
        return found;
    }

    private static boolean isClaimed(Described entry, Indexes indexes, Packages packages) {
        String project = packages.root().project().name();
        return Stream.concat(
                        Stream.of(entry.name().text()),
                        Definitions.versionsByStem(entry).keySet().stream())
                .map(stem -> Keys.properties(entry.section(), project, stem))
                .anyMatch(indexes.spokenOf()::has);
    }
}
