package dev.dvtls.manifest;

import dev.dvtls.manifest.Indexes.FileDefinitions;
import dev.dvtls.project.FileProblem;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Section;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Makes a new manifest out of an old one and changed files. Work is done for the files that
 * changed, for those whose properties changed, and for those that refer to a name which came, went
 * or changed its meaning; never for the rest. Used once, by one thread.
 */
final class ManifestEdit {
    private final Packages packages;
    private TreePMap<Path, SourceFile> sources;
    private PMap<Path, FileDefinitions> definitions;
    private Groups<Path> provides;
    private Groups<Path> wants;
    private Groups<Path> mentions;
    private Groups<Path> speakers;
    private Groups<Path> spokenOf;
    private TreePMap<String, Node> nodes;
    private Groups<String> readers;
    private TreePSet<String> crowded;
    private TreePMap<Path, List<FileProblem>> problems;

    private final Set<Path> stale = new LinkedHashSet<>();
    private final Set<String> touchedKeys = new HashSet<>();
    private final Set<String> staleIds = new TreeSet<>();
    private int linked;

    ManifestEdit(Packages packages, Indexes indexes) {
        this.packages = packages;
        sources = indexes.sources();
        definitions = indexes.definitions();
        provides = indexes.provides();
        wants = indexes.wants();
        mentions = indexes.mentions();
        speakers = indexes.speakers();
        spokenOf = indexes.spokenOf();
        nodes = indexes.nodes();
        readers = indexes.readers();
        crowded = indexes.crowded();
        problems = indexes.problems();
    }

    /** A file was read, for the first time or again. */
    void put(SourceFile file, List<FileProblem> fileProblems) {
        Path path = file.path();
        SourceFile before = sources.get(path);
        sources = sources.plus(path, file);
        setProblems(path, fileProblems);
        if (before != null && before.declaresLike(file)) {
            return;
        }
        if (before != null) {
            forget(before);
        }
        stale.add(path);
        for (String key : nameKeys(file)) {
            spokenOf = spokenOf.plus(key, path);
        }
        if (file instanceof SourceFile.Properties properties) {
            for (String key : properties.speaksOf(packages.nameOf(path))) {
                speakers = speakers.plus(key, path);
                stale.addAll(spokenOf.get(key));
            }
            for (String key : properties.wants()) {
                mentions = mentions.plus(key, path);
            }
        }
    }

    /** A file is gone. */
    void remove(Path path) {
        SourceFile before = sources.get(path);
        setProblems(path, List.of());
        if (before != null) {
            sources = sources.minus(path);
            forget(before);
            stale.add(path);
        }
    }

    void setProblems(Path path, List<FileProblem> fileProblems) {
        if (!fileProblems.isEmpty() && packages.isOwn(path)) {
            problems = problems.plus(path, List.copyOf(fileProblems));
        } else if (problems.containsKey(path)) {
            problems = problems.minus(path);
        }
    }

    private void forget(SourceFile before) {
        Path path = before.path();
        for (String key : nameKeys(before)) {
            spokenOf = spokenOf.minus(key, path);
        }
        if (before instanceof SourceFile.Properties properties) {
            for (String key : properties.speaksOf(packages.nameOf(path))) {
                speakers = speakers.minus(key, path);
                stale.addAll(spokenOf.get(key));
            }
            for (String key : properties.wants()) {
                mentions = mentions.minus(key, path);
            }
        }
    }

    /** The keys under which properties may speak of what a file defines. */
    private List<String> nameKeys(SourceFile file) {
        String packageName = packages.nameOf(file.path());
        String stem = Names.stem(file.path());
        if (file instanceof SourceFile.Model) {
            return List.of(Keys.properties(Section.MODELS, packageName, stem));
        } else if (file instanceof SourceFile.Seed) {
            return List.of(Keys.properties(Section.SEEDS, packageName, stem));
        } else if (file instanceof SourceFile.Snapshots snapshots) {
            return snapshots.names().stream()
                    .map(n -> Keys.properties(Section.SNAPSHOTS, packageName, n.text()))
                    .toList();
        }
        return List.of();
    }

    Indexes finish() {
        stale.forEach(this::redefine);
        Indexes indexes = indexes();
        for (String key : touchedKeys) {
            countCrowd(key, indexes);
            for (Path reader : wants.get(key)) {
                definitions
                        .getOrDefault(reader, FileDefinitions.NONE)
                        .all()
                        .forEach(d -> staleIds.add(d.node().uniqueId()));
            }
        }
        Resolver resolver = new Resolver(indexes, packages.root().project().name());
        staleIds.forEach(id -> link(id, resolver));
        return indexes();
    }

    /** How many nodes were looked at: 0 when the graph is the old one. Tests count it too. */
    int linked() {
        return linked;
    }

    /** True when the same names lead to the same nodes as before. */
    boolean keepsNames() {
        return touchedKeys.isEmpty();
    }

    /** How many files were looked at; what tests count. */
    int redefined() {
        return stale.size();
    }

    private Indexes indexes() {
        return new Indexes(
                sources,
                definitions,
                provides,
                wants,
                mentions,
                speakers,
                spokenOf,
                nodes,
                readers,
                crowded,
                problems);
    }

    private void redefine(Path path) {
        FileDefinitions before = definitions.getOrDefault(path, FileDefinitions.NONE);
        SourceFile file = sources.get(path);
        FileDefinitions after = file == null ? FileDefinitions.NONE : define(file);
        if (before.equals(after)) {
            return;
        }
        Set<String> oldWants = wanted(before);
        Set<String> newWants = wanted(after);
        for (String key : before.byKey().keySet()) {
            if (!after.byKey().containsKey(key)) {
                provides = provides.minus(key, path);
            }
        }
        after.byKey().keySet().forEach(key -> provides = provides.plus(key, path));
        oldWants.stream()
                .filter(key -> !newWants.contains(key))
                .forEach(key -> wants = wants.minus(key, path));
        newWants.stream()
                .filter(key -> !oldWants.contains(key))
                .forEach(key -> wants = wants.plus(key, path));
        definitions =
                after.byKey().isEmpty() ? definitions.minus(path) : definitions.plus(path, after);
        Stream.of(before, after)
                .flatMap(d -> d.byKey().keySet().stream())
                .filter(key -> !meaning(before, key).equals(meaning(after, key)))
                .forEach(touchedKeys::add);
        Set<Definition> unchanged = new HashSet<>(before.all());
        unchanged.retainAll(after.all());
        Stream.of(before, after)
                .flatMap(d -> d.all().stream())
                .filter(d -> !unchanged.contains(d))
                .forEach(d -> staleIds.add(d.node().uniqueId()));
    }

    /** What others see under a key: which nodes, and whether they are on. */
    private record Meaning(String id, boolean enabled, boolean latest) {}

    private static List<Meaning> meaning(FileDefinitions file, String key) {
        return file.byKey().getOrDefault(key, List.of()).stream()
                .map(d -> new Meaning(d.node().uniqueId(), d.enabled(), d.latest()))
                .toList();
    }

    private static Set<String> wanted(FileDefinitions file) {
        Set<String> keys = new HashSet<>();
        file.all().forEach(d -> d.reads().forEach(target -> keys.add(Keys.target(target))));
        return keys;
    }

    private FileDefinitions define(SourceFile file) {
        Path path = file.path();
        Definitions make = new Definitions(packages.root().project(), packages.layoutOf(path));
        if (file instanceof SourceFile.Model model) {
            String stem = Names.stem(path);
            return FileDefinitions.of(
                    List.of(
                            make.model(
                                    model.file(),
                                    described(Section.MODELS, path, stem),
                                    spoken(Section.MODELS, path, stem)
                                            .flatMap(p -> p.version(stem).stream())
                                            .findFirst())),
                    List.of());
        } else if (file instanceof SourceFile.Seed) {
            return FileDefinitions.of(
                    List.of(make.seed(path, described(Section.SEEDS, path, Names.stem(path)))),
                    List.of());
        } else if (file instanceof SourceFile.Snapshots snapshots) {
            return FileDefinitions.of(
                    make.snapshots(snapshots, name -> described(Section.SNAPSHOTS, path, name)),
                    List.of());
        }
        if (file instanceof SourceFile.Docs docs) {
            return FileDefinitions.of(
                    List.of(), docs.blocks().keySet().stream().map(Keys::doc).toList());
        }
        PropertiesFile properties = ((SourceFile.Properties) file).file();
        return FileDefinitions.of(
                make.fromProperties(properties),
                properties.sources().stream().map(s -> Keys.sourceName(s.name().text())).toList());
    }

    private Optional<Described> described(Section section, Path file, String name) {
        return spoken(section, file, name).flatMap(p -> p.get(section, name).stream()).findFirst();
    }

    private Stream<SourceFile.Properties> spoken(Section section, Path file, String name) {
        String key = Keys.properties(section, packages.nameOf(file), name);
        return speakers.get(key).stream()
                .map(sources::get)
                .filter(SourceFile.Properties.class::isInstance)
                .map(SourceFile.Properties.class::cast)
                // What a file says while it is broken counts last.
                .sorted(Comparator.comparing(p -> !p.file().readable()));
    }

    private void countCrowd(String key, Indexes indexes) {
        if (key.startsWith(Keys.REF) || key.startsWith(Keys.TABLE)) {
            boolean many = !Duplicates.under(key, indexes, packages).isEmpty();
            crowded = many ? crowded.plus(key) : crowded.minus(key);
        }
    }

    private void link(String id, Resolver resolver) {
        linked++;
        Optional<Definition> winner =
                resolver.indexes().defined(Keys.id(id)).stream()
                        .filter(Definition::enabled)
                        .findFirst();
        Set<String> before = dependsOn(nodes.get(id));
        Set<String> after = Set.of();
        if (winner.isPresent()) {
            Node node = ProjectManifest.link(winner.get(), resolver);
            after = node.dependsOn();
            nodes = nodes.plus(id, node);
        } else {
            nodes = nodes.minus(id);
        }
        for (String upstream : before) {
            if (!after.contains(upstream)) {
                readers = readers.minus(upstream, id);
            }
        }
        for (String upstream : after) {
            if (!before.contains(upstream)) {
                readers = readers.plus(upstream, id);
            }
        }
    }

    private static Set<String> dependsOn(@org.jspecify.annotations.Nullable Node node) {
        return node == null ? Set.of() : node.dependsOn();
    }
}
