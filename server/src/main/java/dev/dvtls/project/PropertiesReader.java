package dev.dvtls.project;

import dev.dvtls.project.PropertiesFile.Column;
import dev.dvtls.project.PropertiesFile.Described;
import dev.dvtls.project.PropertiesFile.Exposure;
import dev.dvtls.project.PropertiesFile.Name;
import dev.dvtls.project.PropertiesFile.Section;
import dev.dvtls.project.PropertiesFile.Source;
import dev.dvtls.project.PropertiesFile.Table;
import dev.dvtls.project.PropertiesFile.Version;
import dev.dvtls.text.LineIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads properties files; an entry that cannot be used leaves the others as they are. Of a file
 * that is not valid YAML counts what can be read: somebody is typing, and its names are still
 * there.
 */
public final class PropertiesReader {
    private final Path file;
    private final String text;
    private final List<FileProblem> problems = new ArrayList<>();

    private PropertiesReader(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    public static PropertiesFile read(Path file, String text) {
        return new PropertiesReader(file, text).read();
    }

    private PropertiesFile read() {
        YamlText.Result yaml = YamlText.read(file, text);
        boolean readable = yaml.problems().isEmpty();
        Optional<YamlNode> content = readable ? yaml.root() : YamlSketch.read(text);
        List<Described> described = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        List<Exposure> exposures = new ArrayList<>();
        content.ifPresent(
                root -> {
                    if (!(root instanceof YamlNode.Mapping) && root.string().isPresent()) {
                        problem(
                                root,
                                "A properties file holds keys such as `models:` and"
                                        + " `sources:`.");
                    }
                    described.addAll(described(root, "models", Section.MODELS));
                    described.addAll(described(root, "seeds", Section.SEEDS));
                    described.addAll(described(root, "snapshots", Section.SNAPSHOTS));
                    for (YamlNode entry : entries(root, "sources")) {
                        name(entry, "A source").ifPresent(n -> sources.add(source(n, entry)));
                    }
                    for (YamlNode entry : entries(root, "exposures")) {
                        name(entry, "An exposure")
                                .ifPresent(n -> exposures.add(exposure(n, entry)));
                    }
                });
        return new PropertiesFile(
                file,
                List.copyOf(described),
                List.copyOf(sources),
                List.copyOf(exposures),
                content.map(root -> YamlMentions.of(root, text)).orElse(List.of()),
                yaml.root()
                        .map(root -> OddKeys.in(YamlKeys.PROPERTIES, root, text))
                        .orElse(List.of()),
                readable,
                readable ? List.copyOf(problems) : yaml.problems());
    }

    private List<Described> described(YamlNode root, String key, Section section) {
        List<Described> found = new ArrayList<>();
        for (YamlNode entry : entries(root, key)) {
            name(entry, "An entry of `" + key + "`")
                    .ifPresent(
                            name ->
                                    found.add(
                                            new Described(
                                                    section,
                                                    name,
                                                    text(entry, "description"),
                                                    columns(entry),
                                                    config(entry),
                                                    entry.at("latest_version")
                                                            .flatMap(YamlNode::string),
                                                    entry.at("deprecation_date")
                                                            .flatMap(YamlNode::string),
                                                    versions(entry),
                                                    section == Section.SNAPSHOTS
                                                            ? relation(entry)
                                                            : Optional.empty())));
        }
        return found;
    }

    private Optional<PropertiesFile.Mention> relation(YamlNode snapshot) {
        return snapshot.at("relation").flatMap(r -> YamlMentions.of(r, text).stream().findFirst());
    }

    private List<Version> versions(YamlNode model) {
        List<Version> versions = new ArrayList<>();
        for (YamlNode entry : entries(model, "versions")) {
            Optional<String> v = entry.at("v").flatMap(YamlNode::string);
            if (v.isEmpty()) {
                problem(entry, "A version needs its number: add `v: 1`.");
                continue;
            }
            versions.add(
                    new Version(
                            v.get(),
                            entry.at("defined_in").flatMap(YamlNode::string).map(this::stem),
                            entry.at("description").flatMap(YamlNode::string),
                            columns(entry),
                            config(entry),
                            entry.at("deprecation_date").flatMap(YamlNode::string)));
        }
        return List.copyOf(versions);
    }

    /** dbt wants a name without an ending; some write one. */
    private String stem(String name) {
        return name.endsWith(".sql") || name.endsWith(".py")
                ? name.substring(0, name.lastIndexOf('.'))
                : name;
    }

    private Source source(Name name, YamlNode source) {
        Map<String, Object> sourceConfig = config(source);
        List<Table> tables = new ArrayList<>();
        for (YamlNode entry : entries(source, "tables")) {
            name(entry, "A table of source '" + name.text() + "'")
                    .ifPresent(
                            table -> tables.add(table(name, source, sourceConfig, table, entry)));
        }
        return new Source(name, List.copyOf(tables));
    }

    private Table table(
            Name source,
            YamlNode sourceNode,
            Map<String, Object> sourceConfig,
            Name table,
            YamlNode node) {
        return new Table(
                table,
                node.at("identifier").flatMap(YamlNode::string).orElse(table.text()),
                sourceNode.at("schema").flatMap(YamlNode::string).orElse(source.text()),
                sourceNode
                        .at("database")
                        .or(() -> sourceNode.at("catalog"))
                        .flatMap(YamlNode::string),
                connection(node).or(() -> connection(sourceNode)),
                text(node, "description"),
                columns(node),
                ConfigMerge.merge(sourceConfig, config(node)));
    }

    private Exposure exposure(Name name, YamlNode entry) {
        Optional<YamlNode> dependsOn = entry.at("depends_on");
        Optional<YamlNode> owner = entry.at("owner");
        String ownerName = owner.map(node -> text(node, "name")).orElse("");
        return new Exposure(
                name,
                text(entry, "label"),
                text(entry, "type"),
                text(entry, "url"),
                ownerName.isEmpty() ? owner.map(node -> text(node, "email")).orElse("") : ownerName,
                text(entry, "description"),
                config(entry),
                YamlMentions.of(entry, text).stream()
                        .filter(m -> dependsOn.filter(node -> isIn(m, node)).isPresent())
                        .toList());
    }

    private static boolean isIn(PropertiesFile.Mention mention, YamlNode node) {
        int place = mention.names().get(0).span().start();
        return node.span().start() <= place && place < node.span().end();
    }

    private static Optional<String> connection(YamlNode node) {
        return node.at("connection")
                .or(() -> node.at("config").flatMap(c -> c.at("connection")))
                .flatMap(YamlNode::string);
    }

    private List<Column> columns(YamlNode node) {
        List<Column> columns = new ArrayList<>();
        for (YamlNode entry : entries(node, "columns")) {
            entry.at("name")
                    .flatMap(YamlNode::string)
                    .ifPresent(
                            name ->
                                    columns.add(
                                            new Column(
                                                    name,
                                                    entry.at("data_type").flatMap(YamlNode::string),
                                                    text(entry, "description"))));
        }
        return List.copyOf(columns);
    }

    /** {@code config:} with what dbt also takes beside it. */
    private static Map<String, Object> config(YamlNode node) {
        Map<String, Object> beside = new LinkedHashMap<>();
        for (String key : List.of("tags", "meta", "enabled", "docs", "group", "access")) {
            node.at(key).ifPresent(value -> beside.put(key, value.plain()));
        }
        return ConfigMerge.merge(
                beside, node.at("config").map(YamlNode::plainMap).orElse(Map.of()));
    }

    private static String text(YamlNode node, String key) {
        return node.at(key).flatMap(YamlNode::string).map(String::strip).orElse("");
    }

    /** The mappings of a list; anything else in its place is a problem. */
    private List<YamlNode> entries(YamlNode node, String key) {
        Optional<YamlNode> value = node.at(key);
        if (value.isEmpty() || (value.get() instanceof YamlNode.Scalar s && !s.isPresent())) {
            return List.of();
        }
        if (value.get() instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                boolean versionOnly = key.equals("versions") || key.equals("columns");
                if (!(item instanceof YamlNode.Mapping) && !versionOnly) {
                    problem(item, "An entry of `" + key + "` starts with `- name: ...`.");
                }
            }
            return list.items().stream().filter(YamlNode.Mapping.class::isInstance).toList();
        }
        if (!YamlNode.isTemplate(value.get().plain())) {
            problem(value.get(), "`" + key + "` is a list: start each entry with `- name: ...`.");
        }
        return List.of();
    }

    private Optional<Name> name(YamlNode entry, String what) {
        Optional<YamlNode> name = entry.at("name");
        Optional<String> text = name.flatMap(YamlNode::string);
        if (name.isEmpty() || text.isEmpty()) {
            problem(entry, what + " has no name: add `name: ...`.");
            return Optional.empty();
        }
        return Optional.of(new Name(text.get(), ((YamlNode.Scalar) name.get()).content(this.text)));
    }

    private void problem(YamlNode node, String message) {
        LineIndex.Position at =
                LineIndex.of(text).position(node.span().start(), LineIndex.Encoding.UTF_32);
        problems.add(new FileProblem(file, at.line() + 1, at.column() + 1, message));
    }
}
