package dev.dvtls.manifest;

import dev.dvtls.manifest.Occurrence.Named;
import dev.dvtls.manifest.Occurrence.OfNode;
import dev.dvtls.manifest.Occurrence.OfSource;
import dev.dvtls.project.PropertiesFile.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds where names stand: over the indexes, then in the files that these name. */
record Occurrences(Indexes indexes, Packages packages) {
    private static final Comparator<Occurrence> IN_SOURCE_ORDER =
            Comparator.comparingInt((Occurrence o) -> o.span().start())
                    .thenComparingInt(o -> o.span().end());

    /** Everywhere, by file, then in source order. */
    List<Occurrence> of(Named named) {
        Set<Path> files = new TreeSet<>();
        if (named instanceof OfNode node) {
            indexes.defined(Keys.id(node.uniqueId())).forEach(d -> files(d.node(), files));
        } else if (named instanceof OfSource source) {
            for (String key : sourceKeys(source.source())) {
                files.addAll(indexes.wants().get(key));
                files.addAll(indexes.mentions().get(key));
            }
            files.addAll(indexes.provides().get(Keys.sourceName(source.source())));
        }
        List<Occurrence> found = new ArrayList<>();
        for (Path file : files) {
            in(file).stream().filter(o -> o.named().equals(named)).forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** The files in which a node's name may stand. */
    private void files(Node node, Set<Path> files) {
        files.add(node.file());
        Optional<Section> section = section(node.kind());
        if (section.isPresent()) {
            files.addAll(using(Keys.ref(node.name())));
            files.addAll(
                    indexes.speakers()
                            .get(Keys.properties(section.get(), node.packageName(), node.name())));
        } else {
            String source = node.sourceName().orElse("");
            files.addAll(using(Keys.table(source, node.name())));
            files.addAll(using(Keys.session(source + "__" + node.name())));
        }
    }

    private List<Path> using(String key) {
        List<Path> files = new ArrayList<>(indexes.wants().get(key));
        files.addAll(indexes.mentions().get(key));
        return files;
    }

    /** Of every table that anybody asks a source for, there or not. */
    private Collection<String> sourceKeys(String source) {
        Set<String> keys = new TreeSet<>(indexes.wants().keys(Keys.table(source, "")));
        keys.addAll(indexes.mentions().keys(Keys.table(source, "")));
        for (Definition table : indexes.defined(Keys.sourceName(source))) {
            keys.add(Keys.session(source + "__" + table.node().name()));
        }
        return keys;
    }

    /** In one file, in source order. */
    List<Occurrence> in(Path file) {
        return Optional.ofNullable(indexes.sources().get(file))
                .map(source -> in(file, source))
                .orElse(List.of());
    }

    List<Occurrence> in(Path file, SourceFile source) {
        NameReader reader = new NameReader(indexes, packages, file);
        if (source instanceof SourceFile.Model model) {
            reader.file(model.file());
        } else if (source instanceof SourceFile.Snapshots snapshots) {
            reader.snapshots(snapshots);
        } else if (source instanceof SourceFile.Seed) {
            reader.wholeFile(Optional.empty());
        } else if (source instanceof SourceFile.Properties properties) {
            reader.properties(properties);
        }
        return reader.found().stream().distinct().sorted(IN_SOURCE_ORDER).toList();
    }

    static Optional<Section> section(Node.Kind kind) {
        return switch (kind) {
            case MODEL -> Optional.of(Section.MODELS);
            case SEED -> Optional.of(Section.SEEDS);
            case SNAPSHOT -> Optional.of(Section.SNAPSHOTS);
            case SOURCE -> Optional.empty();
        };
    }
}
