package dev.dvtls.manifest;

import dev.dvtls.manifest.Node.Column;
import dev.dvtls.manifest.Node.Kind;
import dev.dvtls.manifest.Node.RelationName;
import dev.dvtls.project.ConfigMerge;
import dev.dvtls.project.FileKind;
import dev.dvtls.project.Project;
import dev.dvtls.project.ProjectLayout;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Version;
import dev.dvtls.project.YamlNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes definitions out of files: config merged, names and versions settled. Pure.
 *
 * @param root the project, whose config trees hold for its packages too
 * @param layout of the project or package that the file belongs to
 */
record Definitions(Project root, ProjectLayout layout) {

    /** A version of a model, found by the stem of its file. */
    record VersionOf(Described model, Version version) {}

    private String packageName() {
        return layout.project().name();
    }

    /** The model of a {@code .py} or {@code .sql} file. */
    Definition model(
            ModelFile file, Optional<Described> properties, Optional<VersionOf> versionOf) {
        Path path = file.path();
        boolean python = layout.kindOf(path) == FileKind.PYTHON_MODEL;
        Optional<Described> described = versionOf.map(VersionOf::model).or(() -> properties);
        Optional<Version> version = versionOf.map(VersionOf::version);
        String name = described.map(d -> d.name().text()).orElse(Names.stem(path));
        Optional<String> v = version.map(Version::version);
        List<String> fqn = fqn(path, v.isPresent() ? List.of(name, "v" + v.get()) : List.of(name));
        Map<String, Object> tree = tree(Project::models, fqn);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("materialized", python ? "table" : "view");
        tree.forEach(config::put);
        if (python && !isForPython(config.get("materialized"))) {
            config.put("materialized", "table"); // a folder's default for its SQL models
        }
        Map<String, Object> merged = config;
        merged = ConfigMerge.merge(merged, properties(described, version));
        merged = ConfigMerge.merge(merged, inFile(file));
        String id = "model." + packageName() + "." + name + v.map(x -> ".v" + x).orElse("");
        String identifier = name + v.map(x -> "_v" + x).orElse("");
        return definition(
                new Node(
                        id,
                        Kind.MODEL,
                        packageName(),
                        name,
                        Optional.empty(),
                        v,
                        path,
                        0,
                        merged,
                        Names.texts(merged.get("tags")),
                        version.flatMap(Version::description)
                                .or(() -> described.map(Described::description))
                                .orElse(""),
                        columns(
                                version.map(Version::columns)
                                        .filter(c -> !c.isEmpty())
                                        .or(() -> described.map(Described::columns))),
                        Set.of(),
                        relation(merged, identifier),
                        version.isPresent() // a version has a date of its own, or none
                                ? version.flatMap(Version::deprecationDate)
                                : described.flatMap(Described::deprecationDate)),
                file,
                v.isEmpty() || v.equals(described.flatMap(Definitions::latest)));
    }

    /**
     * Where the versions of a model are defined: in the file that it names, else {@code
     * <name>_v<version>}. The latest may stand in a file of the model's own name.
     */
    static Map<String, VersionOf> versionsByStem(Described model) {
        Map<String, VersionOf> stems = new LinkedHashMap<>();
        for (Version version : model.versions()) {
            String stem =
                    version.definedIn().orElse(model.name().text() + "_v" + version.version());
            stems.putIfAbsent(stem, new VersionOf(model, version));
        }
        Optional<String> latest = latest(model);
        model.versions().stream()
                .filter(v -> Optional.of(v.version()).equals(latest))
                .findFirst()
                .ifPresent(v -> stems.putIfAbsent(model.name().text(), new VersionOf(model, v)));
        return stems;
    }

    /** A version's config stands in for the model's, key by key: dbt adds no tags up here. */
    private static Map<String, Object> properties(
            Optional<Described> model, Optional<Version> version) {
        Map<String, Object> config =
                new LinkedHashMap<>(model.map(Described::config).orElse(Map.of()));
        version.ifPresent(v -> config.putAll(v.config()));
        return config;
    }

    private static boolean isForPython(Object materialized) {
        return "table".equals(materialized) || "incremental".equals(materialized);
    }

    /** The version that a ref without one means: as said, else the highest. */
    private static Optional<String> latest(Described model) {
        return model.latestVersion()
                .or(
                        () ->
                                model.versions().stream()
                                        .map(Version::version)
                                        .max(
                                                Comparator.comparing(Names::number)
                                                        .thenComparing(v -> v)));
    }

    Definition seed(Path path, Optional<Described> properties) {
        String name = Names.stem(path);
        Map<String, Object> config =
                ConfigMerge.merge(
                        ConfigMerge.merge(
                                Map.of("materialized", "seed"),
                                tree(Project::seeds, fqn(path, List.of(name)))),
                        properties.map(Described::config).orElse(Map.of()));
        return plain(Kind.SEED, name, path, 0, config, properties, Set.of());
    }

    List<Definition> snapshots(
            SourceFile.Snapshots file,
            java.util.function.Function<String, Optional<Described>> of) {
        List<Definition> definitions = new ArrayList<>();
        for (PropertiesFile.Name name : file.names()) {
            List<String> fqn = fqn(file.path(), List.of(Names.stem(file.path()), name.text()));
            Optional<Described> properties = of.apply(name.text());
            Map<String, Object> config = Map.of("materialized", "snapshot");
            config = ConfigMerge.merge(config, tree(Project::snapshots, fqn));
            config = ConfigMerge.merge(config, properties.map(Described::config).orElse(Map.of()));
            config = ConfigMerge.merge(config, inFile(file.file()));
            definitions.add(
                    plain(
                            Kind.SNAPSHOT,
                            name.text(),
                            file.path(),
                            name.span().start(),
                            config,
                            properties,
                            reads(file.file(), name.text())));
        }
        return definitions;
    }

    /** The sources of a properties file, and the snapshots that are defined in YAML alone. */
    List<Definition> fromProperties(PropertiesFile file) {
        List<Definition> definitions = new ArrayList<>();
        for (Described entry : file.described()) {
            entry.relation()
                    .ifPresent(relation -> definitions.add(snapshot(file.file(), entry, relation)));
        }
        for (PropertiesFile.Source source : file.sources()) {
            source.tables().forEach(table -> definitions.add(table(file.file(), source, table)));
        }
        return definitions;
    }

    private Definition snapshot(Path file, Described entry, PropertiesFile.Mention relation) {
        String name = entry.name().text();
        Map<String, Object> config = Map.of("materialized", "snapshot");
        config = ConfigMerge.merge(config, tree(Project::snapshots, fqn(file, List.of(name))));
        config = ConfigMerge.merge(config, entry.config());
        return plain(
                Kind.SNAPSHOT,
                name,
                file,
                entry.name().span().start(),
                config,
                Optional.of(entry),
                Set.of(Reference.Target.of(relation)));
    }

    private Definition table(Path file, PropertiesFile.Source source, PropertiesFile.Table table) {
        String sourceName = source.name().text();
        String name = table.name().text();
        Map<String, Object> config =
                ConfigMerge.merge(
                        tree(Project::sources, fqn(file, List.of(sourceName, name))),
                        table.config());
        return new Definition(
                new Node(
                        "source." + packageName() + "." + sourceName + "." + name,
                        Kind.SOURCE,
                        packageName(),
                        name,
                        Optional.of(sourceName),
                        Optional.empty(),
                        file,
                        table.name().span().start(),
                        config,
                        Names.texts(config.get("tags")),
                        table.description(),
                        columns(Optional.of(table.columns())),
                        Set.of(),
                        new RelationName(
                                table.database(),
                                Optional.of(table.schema()),
                                table.identifier(),
                                table.connection()),
                        Optional.empty()),
                isEnabled(config),
                Set.of(),
                true);
    }

    private Definition plain(
            Kind kind,
            String name,
            Path path,
            int place,
            Map<String, Object> config,
            Optional<Described> properties,
            Set<Reference.Target> reads) {
        return new Definition(
                new Node(
                        kind.word() + "." + packageName() + "." + name,
                        kind,
                        packageName(),
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        path,
                        place,
                        config,
                        Names.texts(config.get("tags")),
                        properties.map(Described::description).orElse(""),
                        columns(properties.map(Described::columns)),
                        Set.of(),
                        relation(config, name),
                        Optional.empty()),
                isEnabled(config),
                reads,
                true);
    }

    private static Definition definition(Node node, ModelFile file, boolean latest) {
        return new Definition(node, isEnabled(node.config()), reads(file, node.name()), latest);
    }

    /** A model's own {@code __model__} name in session SQL is its last result, not an upstream. */
    private static Set<Reference.Target> reads(ModelFile file, String name) {
        Reference.Target self = Reference.ModelTarget.of(name);
        Set<Reference.Target> reads = new LinkedHashSet<>();
        for (Reference reference : file.references()) {
            boolean sql = reference.origin() == Reference.Origin.SESSION_SQL;
            if (!(sql && reference.target().equals(self))) {
                reads.add(reference.target());
            }
        }
        return java.util.Collections.unmodifiableSet(reads);
    }

    static boolean isEnabled(Map<String, Object> config) {
        Object enabled = config.getOrDefault("enabled", true);
        return !(enabled.equals(false) || "false".equalsIgnoreCase(enabled.toString()));
    }

    /** The known values of the file's own config calls. */
    private static Map<String, Object> inFile(ModelFile file) {
        Map<String, Object> config = new LinkedHashMap<>();
        file.declarations()
                .config()
                .forEach((key, value) -> value.ifPresent(known -> config.put(key, known)));
        return config;
    }

    private static RelationName relation(Map<String, Object> config, String name) {
        return new RelationName(
                text(config, "database").or(() -> text(config, "target_database")),
                text(config, "schema").or(() -> text(config, "target_schema")),
                text(config, "alias").orElse(name),
                text(config, "target"));
    }

    private static Optional<String> text(Map<String, Object> config, String key) {
        return Optional.ofNullable(config.get(key))
                .filter(value -> value != YamlNull.NULL)
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    private static List<Column> columns(Optional<List<PropertiesFile.Column>> columns) {
        return columns.orElse(List.of()).stream()
                .map(c -> new Column(c.name(), c.dataType(), c.description()))
                .toList();
    }

    /** The config of the trees: the package's own, then what the root project says of it. */
    private Map<String, Object> tree(
            java.util.function.Function<Project, Map<String, Object>> tree, List<String> fqn) {
        Map<String, Object> own = ConfigTree.at(tree.apply(layout.project()), fqn);
        return root.equals(layout.project())
                ? own
                : ConfigMerge.merge(own, ConfigTree.at(tree.apply(root), fqn));
    }

    /** Project, folders below the model path, names. */
    private List<String> fqn(Path file, List<String> names) {
        List<String> fqn = new ArrayList<>(Names.folders(layout, file));
        fqn.add(0, packageName());
        fqn.addAll(names);
        return fqn;
    }
}
