package dev.dvtls.assist.docs;

import dev.dvtls.project.ConfigMerge;
import dev.dvtls.project.YamlNode;
import dev.dvtls.project.YamlNull;
import dev.dvtls.project.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What properties files say for people to read and the manifest does not need: data tests, sources
 * as a whole, owners of groups.
 *
 * @param tested by {@code models.orders}, {@code seeds.codes}, {@code sources.ops.orders}
 * @param sources by name, and tables by {@code ops.orders}
 * @param owners of groups by their names
 */
record Notes(
        Map<String, Tested> tested, Map<String, SourceNote> sources, Map<String, Owner> owners) {
    private static final List<String> TEST_KEYS = List.of("data_tests", "tests");
    private static final List<String> NO_ARGUMENTS =
            List.of("name", "config", "description", "test_name", "arguments");

    /**
     * A data test.
     *
     * @param arguments as people read them: {@code values: a, b}
     */
    record Test(String name, String arguments) {}

    /**
     * @param columns by name in lower case
     */
    record Tested(List<Test> own, Map<String, List<Test>> columns) {
        static final Tested NOT = new Tested(List.of(), Map.of());

        List<Test> column(String name) {
            return columns.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        }
    }

    /**
     * @param freshness how old rows may be: {@code warn after 12 hours}
     */
    record SourceNote(
            String description, String loader, String loadedAtField, List<String> freshness) {
        static final SourceNote NONE = new SourceNote("", "", "", List.of());

        /** A table's note stands in for its source's, piece by piece. */
        SourceNote under(SourceNote source) {
            return new SourceNote(
                    source.description,
                    loader.isEmpty() ? source.loader : loader,
                    loadedAtField.isEmpty() ? source.loadedAtField : loadedAtField,
                    freshness.isEmpty() ? source.freshness : freshness);
        }
    }

    record Owner(String name, String email) {
        static Owner of(Optional<YamlNode> node) {
            return new Owner(
                    node.map(owner -> text(owner, "name")).orElse(""),
                    node.map(owner -> text(owner, "email")).orElse(""));
        }
    }

    Tested tested(String key) {
        return tested.getOrDefault(key, Tested.NOT);
    }

    SourceNote source(String source, String table) {
        SourceNote whole = sources.getOrDefault(source, SourceNote.NONE);
        return sources.getOrDefault(source + "." + table, SourceNote.NONE).under(whole);
    }

    /**
     * @param texts of properties files; where two speak of one thing, the first counts
     */
    static Notes of(Map<Path, String> texts) {
        Notes notes = new Notes(new HashMap<>(), new HashMap<>(), new HashMap<>());
        texts.forEach((file, text) -> YamlText.read(file, text).root().ifPresent(notes::read));
        return notes;
    }

    private void read(YamlNode root) {
        for (String list : List.of("models", "seeds", "snapshots")) {
            named(root, list)
                    .forEach((name, entry) -> tested.putIfAbsent(list + "." + name, tests(entry)));
        }
        named(root, "sources")
                .forEach(
                        (source, entry) -> {
                            sources.putIfAbsent(source, note(entry));
                            named(entry, "tables")
                                    .forEach((table, node) -> table(source + "." + table, node));
                        });
        named(root, "groups")
                .forEach((name, entry) -> owners.putIfAbsent(name, Owner.of(entry.at("owner"))));
    }

    private void table(String name, YamlNode entry) {
        sources.putIfAbsent(name, note(entry));
        tested.putIfAbsent("sources." + name, tests(entry));
    }

    private static SourceNote note(YamlNode entry) {
        Optional<YamlNode> freshness =
                entry.at("freshness")
                        .or(() -> entry.at("config").flatMap(config -> config.at("freshness")));
        List<String> limits = new ArrayList<>();
        for (String key : List.of("warn_after", "error_after")) {
            freshness
                    .flatMap(node -> node.at(key))
                    .flatMap(limit -> limit(key, limit))
                    .ifPresent(limits::add);
        }
        return new SourceNote(
                text(entry, "description"),
                text(entry, "loader"),
                text(entry, "loaded_at_field"),
                List.copyOf(limits));
    }

    private static Optional<String> limit(String key, YamlNode limit) {
        String count = text(limit, "count");
        String period = text(limit, "period");
        return count.isEmpty() || period.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        key.replace('_', ' ')
                                + " "
                                + count
                                + " "
                                + period
                                + (count.equals("1") ? "" : "s"));
    }

    private static Tested tests(YamlNode entry) {
        Map<String, List<Test>> columns = new HashMap<>();
        named(entry, "columns")
                .forEach((name, column) -> columns.put(name.toLowerCase(Locale.ROOT), of(column)));
        return new Tested(of(entry), columns);
    }

    private static List<Test> of(YamlNode entry) {
        List<Test> tests = new ArrayList<>();
        for (String key : TEST_KEYS) {
            if (entry.at(key).orElse(entry) instanceof YamlNode.Sequence list) {
                list.items().forEach(item -> test(item).ifPresent(tests::add));
            }
        }
        return List.copyOf(tests);
    }

    /** {@code unique}, {@code {accepted_values: {values: [a]}}} or {@code {test_name: unique}}. */
    private static Optional<Test> test(YamlNode item) {
        if (!(item instanceof YamlNode.Mapping mapping)) {
            return item.string().map(name -> new Test(name, ""));
        }
        Optional<String> named = item.at("test_name").flatMap(YamlNode::string);
        return named.isPresent()
                ? Optional.of(new Test(named.get(), arguments(item)))
                : mapping.entries().stream()
                        .findFirst()
                        .map(e -> new Test(e.key().text(), arguments(e.value())));
    }

    private static String arguments(YamlNode node) {
        Map<String, Object> all = new LinkedHashMap<>(node.plainMap());
        node.at("arguments").ifPresent(nested -> all.putAll(nested.plainMap()));
        NO_ARGUMENTS.forEach(all::remove);
        return all.entrySet().stream()
                .map(e -> e.getKey() + ": " + words(e.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String words(Object value) {
        return ConfigMerge.list(value).stream()
                .map(item -> item == YamlNull.NULL ? "null" : item.toString())
                .collect(Collectors.joining(", "));
    }

    /** The entries of a list that have a name; the first of each. */
    private static Map<String, YamlNode> named(YamlNode node, String list) {
        Map<String, YamlNode> named = new LinkedHashMap<>();
        if (node.at(list).orElse(node) instanceof YamlNode.Sequence items) {
            for (YamlNode item : items.items()) {
                item.at("name")
                        .flatMap(YamlNode::string)
                        .ifPresent(name -> named.putIfAbsent(name, item));
            }
        }
        return named;
    }

    private static String text(YamlNode node, String key) {
        return node.at(key).flatMap(YamlNode::string).map(String::strip).orElse("");
    }
}
