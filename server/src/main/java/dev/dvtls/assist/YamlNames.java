package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.project.YamlKeys.What;
import dev.dvtls.project.YamlNode;
import dev.dvtls.sql.SqlColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of the project for the values of a properties file. */
final class YamlNames {
    private static final Pattern CALL =
            Pattern.compile(
                    "\\s*(?:\\{\\{)?\\s*(ref|source)\\(\\s*['\"]([^'\"]*)['\"]\\s*"
                            + "(?:,\\s*['\"]([^'\"]*)['\"])?.*");

    private final Manifest manifest;
    private final Known known;
    private final String text;
    private final YamlCursor cursor;
    private final Replacement range;
    private final Names names;

    /** Where names are asked for. */
    record Place(
            Manifest manifest,
            Known known,
            Path file,
            String text,
            int offset,
            YamlCursor cursor,
            Replacement range) {}

    YamlNames(Place place) {
        this.manifest = place.manifest();
        this.known = place.known();
        this.text = place.text();
        this.cursor = place.cursor();
        this.range = place.range();
        this.names =
                new Names(manifest, place.file(), text, place.offset(), place.known().recent());
    }

    Offer of(What what) {
        Offer all = every(what);
        if (all.items().size() <= Names.MOST) {
            return all;
        }
        String typed = range.typed(text).toLowerCase(Locale.ROOT);
        return new Offer(
                all.items().stream()
                        .filter(s -> Names.fits(s.label(), typed))
                        .limit(Names.MOST)
                        .toList(),
                true);
    }

    private Offer every(What what) {
        return switch (what) {
            case MODELS -> entries(Node.Kind.MODEL);
            case SEEDS -> entries(Node.Kind.SEED);
            case SNAPSHOTS -> entries(Node.Kind.SNAPSHOT);
            case ANY_MODEL -> models();
            case SOURCES -> Offer.of(sources());
            case TABLES -> Offer.of(tables());
            case COLUMNS -> Offer.of(columns());
            case COLUMNS_OF_TO ->
                    Offer.of(to().map(node -> all(of(node, true), Set.of())).orElse(List.of()));
            case TYPES -> Offer.of(types());
            case REFS -> names.calls(range, quoteInside());
            case TAGS -> Offer.of(words(others(names.tags())));
            case SCHEMAS -> Offer.of(words(others(names.schemas())));
            case OUTPUTS -> Offer.of(outputs());
            case MATERIALIZATIONS ->
                    Offer.of(
                            Vocabulary.materializations(
                                    range, node().filter(Node::isPython).isPresent()));
        };
    }

    List<Suggestion> words(Collection<String> all) {
        List<Suggestion> found = new ArrayList<>();
        for (String word : all) {
            String place = String.format(Locale.ROOT, "%03d", found.size());
            found.add(range.suggest(word, Kind.VALUE, "", "", place));
        }
        return List.copyOf(found);
    }

    /** Without those that the list has, and without what is being typed. */
    private List<String> others(Collection<String> all) {
        Set<String> there = new HashSet<>(cursor.isItem() ? items() : List.of());
        there.add(text.substring(cursor.content().start(), cursor.content().end()));
        return all.stream().filter(word -> !there.contains(word)).sorted().toList();
    }

    private List<String> items() {
        return cursor.lists().get(cursor.lists().size() - 1).strings();
    }

    private Offer entries(Node.Kind kind) {
        return names.entries(range, kind, Set.copyOf(cursor.namesBeside()));
    }

    private Offer models() {
        Offer all = names.models(range, Optional.empty(), false);
        return new Offer(
                all.items().stream().filter(s -> s.kind() == Kind.MODEL).toList(),
                all.incomplete());
    }

    /** Those that models read and no file has, then those of other files. */
    private List<Suggestion> sources() {
        Set<String> here = Set.copyOf(cursor.namesBeside());
        List<Suggestion> found = new ArrayList<>();
        Map<String, Map<String, String>> missing = missing();
        missing.forEach(
                (source, tables) -> {
                    if (!here.contains(source)) {
                        found.add(
                                range.suggest(
                                        source,
                                        Kind.SOURCE,
                                        "read by "
                                                + String.join(", ", new TreeSet<>(tables.values())),
                                        "Tables: " + String.join(", ", tables.keySet()),
                                        " ")); // before all others
                    }
                });
        names.sources(range).stream()
                .filter(s -> !here.contains(s.label()) && !missing.containsKey(s.label()))
                .filter(s -> !s.label().equals(range.typed(text)))
                .forEach(found::add);
        return List.copyOf(found);
    }

    /** Tables of this source that models read and no file has. */
    private List<Suggestion> tables() {
        String source = cursor.names().isEmpty() ? "" : cursor.names().get(0);
        List<Suggestion> found = new ArrayList<>();
        missing()
                .getOrDefault(source, Map.of())
                .forEach(
                        (table, reader) -> {
                            if (!cursor.namesBeside().contains(table)) {
                                found.add(
                                        range.suggest(
                                                table, Kind.TABLE, "read by " + reader, "", "0"));
                            }
                        });
        return List.copyOf(found);
    }

    /** By source and table what models read and the project does not have, and who reads it. */
    private Map<String, Map<String, String>> missing() {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (ModelFile model : manifest.files()) {
            for (Reference reference : model.references()) {
                if (reference.target() instanceof SourceTarget target
                        && manifest.resolve(target) instanceof Manifest.NotFound) {
                    found.computeIfAbsent(target.source(), s -> new TreeMap<>())
                            .putIfAbsent(
                                    target.table(), String.valueOf(model.path().getFileName()));
                }
            }
        }
        return found;
    }

    private List<Suggestion> columns() {
        boolean entry = cursor.keys().get(cursor.keys().size() - 1).equals("name");
        Set<String> used = new HashSet<>(entry ? cursor.namesBeside() : List.of());
        used.addAll(cursor.isItem() ? items() : List.of());
        return node().map(node -> all(of(node, !entry), used)).orElse(List.of());
    }

    private List<Suggestion> all(List<SqlColumn> columns, Set<String> used) {
        Set<String> folded =
                used.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        Map<String, Suggestion> found = new LinkedHashMap<>();
        for (SqlColumn column : columns) {
            String name = column.name().toLowerCase(Locale.ROOT);
            if (!folded.contains(name)) {
                String detail = column.type().isEmpty() ? "" : column.type() + " · ";
                found.putIfAbsent(
                        name,
                        range.suggestColumn(
                                column.name(),
                                column.name(),
                                column.name(),
                                detail + column.from(),
                                column.description(),
                                Integer.toString(10_000 + found.size())));
            }
        }
        return List.copyOf(found.values());
    }

    private List<Suggestion> types() {
        String column = cursor.beside("name").orElse("");
        return words(
                node().stream()
                        .flatMap(node -> of(node, false).stream())
                        .filter(c -> c.name().equalsIgnoreCase(column) && !c.type().isEmpty())
                        .map(SqlColumn::type)
                        .distinct()
                        .toList());
    }

    /**
     * The columns of a node; where nothing tells, those of what a Python model reads.
     *
     * @param described those too that only properties name: the entry being typed is one of them
     */
    private List<SqlColumn> of(Node node, boolean described) {
        NodeColumns columns = new NodeColumns(manifest, known.columns());
        List<SqlColumn> own = columns.of(described ? node : undescribed(node));
        return own.isEmpty() && node.isPython()
                ? node.dependsOn().stream()
                        .flatMap(id -> manifest.node(id).stream())
                        .flatMap(upstream -> columns.of(upstream).stream())
                        .toList()
                : own;
    }

    private static Node undescribed(Node node) {
        return new Node(
                node.uniqueId(),
                node.kind(),
                node.packageName(),
                node.name(),
                node.sourceName(),
                node.version(),
                node.file(),
                node.place(),
                node.config(),
                node.tags(),
                node.description(),
                List.of(),
                node.dependsOn(),
                node.relation(),
                node.deprecationDate());
    }

    private List<Suggestion> outputs() {
        return known.targets().get().entrySet().stream()
                .map(t -> range.suggest(t.getKey(), Kind.VALUE, t.getValue(), "", "1"))
                .toList();
    }

    private String quoteInside() {
        return cursor.quote(text).filter(q -> q == '\'').isPresent() ? "\"" : "'";
    }

    /** The node whose entry the cursor is in. */
    private Optional<Node> node() {
        List<String> around = cursor.names();
        if (around.isEmpty()) {
            return Optional.empty();
        } else if (!cursor.keys().get(0).equals("sources")) {
            return found(ModelTarget.of(around.get(0)));
        }
        return around.size() < 2
                ? Optional.empty()
                : found(new SourceTarget(around.get(0), around.get(1)));
    }

    /** The relation that a test of relationships leads to. */
    private Optional<Node> to() {
        Optional<Matcher> call =
                cursor.mapping()
                        .flatMap(m -> m.get("to"))
                        .flatMap(YamlNode::string)
                        .map(CALL::matcher)
                        .filter(Matcher::matches);
        return call.flatMap(
                c -> {
                    Optional<String> second = Optional.ofNullable(c.group(3));
                    return c.group(1).equals("ref")
                            ? found(
                                    new ModelTarget(
                                            second.map(s -> c.group(2)),
                                            second.orElse(c.group(2)),
                                            Optional.empty()))
                            : second.flatMap(table -> found(new SourceTarget(c.group(2), table)));
                });
    }

    private Optional<Node> found(Reference.Target target) {
        return manifest.resolve(target) instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }
}
