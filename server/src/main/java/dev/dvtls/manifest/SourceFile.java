package dev.dvtls.manifest;

import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Section;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file of a project as it was read: what definitions are made from. */
sealed interface SourceFile {
    Path path();

    /** False when nothing that other files see has changed. */
    boolean declaresLike(SourceFile other);

    record Model(ModelFile file) implements SourceFile {
        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public boolean declaresLike(SourceFile other) {
            return other instanceof Model model
                    && model.file.declarations().equals(file.declarations());
        }
    }

    /**
     * @param names of its snapshot blocks
     */
    record Snapshots(ModelFile file, List<PropertiesFile.Name> names) implements SourceFile {
        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public boolean declaresLike(SourceFile other) {
            return other instanceof Snapshots snapshots
                    && snapshots.names.equals(names)
                    && snapshots.file.declarations().equals(file.declarations());
        }
    }

    record Seed(Path path) implements SourceFile {
        @Override
        public boolean declaresLike(SourceFile other) {
            return other instanceof Seed;
        }
    }

    /**
     * @param blocks its doc blocks' texts, by name
     */
    record Docs(Path path, Map<String, String> blocks) implements SourceFile {
        @Override
        public boolean declaresLike(SourceFile other) {
            return other instanceof Docs docs && docs.blocks.equals(blocks);
        }
    }

    /**
     * @param byKey its entries by section and name, the first of each
     * @param versions of its models, by the stem of the version's file
     * @param references what its texts name
     */
    record Properties(
            PropertiesFile file,
            Map<String, Described> byKey,
            Map<String, Definitions.VersionOf> versions,
            List<Reference> references)
            implements SourceFile {
        static Properties of(PropertiesFile file) {
            Map<String, Described> byKey = new HashMap<>();
            Map<String, Definitions.VersionOf> versions = new HashMap<>();
            for (Described described : file.described()) {
                byKey.putIfAbsent(key(described.section(), described.name().text()), described);
                if (described.section() == Section.MODELS) {
                    Definitions.versionsByStem(described).forEach(versions::putIfAbsent);
                }
            }
            return new Properties(
                    file,
                    Map.copyOf(byKey),
                    Map.copyOf(versions),
                    file.mentions().stream().map(Properties::reference).toList());
        }

        private static Reference reference(PropertiesFile.Mention mention) {
            List<Span> spans = mention.names().stream().map(PropertiesFile.Name::span).toList();
            Span whole = new Span(spans.get(0).start(), spans.get(spans.size() - 1).end());
            return new Reference(
                    Reference.Target.of(mention),
                    Reference.Origin.YAML,
                    whole,
                    spans,
                    spans.stream().map(Optional::of).toList());
        }

        /** Keys of what its texts name. */
        Set<String> wants() {
            Set<String> keys = new HashSet<>();
            references.forEach(r -> keys.add(Keys.target(r.target())));
            return keys;
        }

        private static String key(Section section, String name) {
            return section + "\0" + name;
        }

        Optional<Described> get(Section section, String name) {
            return Optional.ofNullable(byKey.get(key(section, name)));
        }

        Optional<Definitions.VersionOf> version(String stem) {
            return Optional.ofNullable(versions.get(stem));
        }

        /** What it speaks of: keys of {@link Keys#properties}. */
        Set<String> speaksOf(String packageName) {
            Set<String> keys = new HashSet<>();
            file.described()
                    .forEach(
                            d ->
                                    keys.add(
                                            Keys.properties(
                                                    d.section(), packageName, d.name().text())));
            versions.keySet()
                    .forEach(stem -> keys.add(Keys.properties(Section.MODELS, packageName, stem)));
            return keys;
        }

        @Override
        public Path path() {
            return file.file();
        }

        @Override
        public boolean declaresLike(SourceFile other) {
            return other instanceof Properties properties && properties.file.equals(file);
        }
    }
}
