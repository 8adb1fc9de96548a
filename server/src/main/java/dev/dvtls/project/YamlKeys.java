package dev.dvtls.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which keys may stand where in properties files and project files: {@code yaml-keys.txt}. */
public final class YamlKeys {
    /** The kind of mapping that a properties file is. */
    public static final String PROPERTIES = "properties";

    /** The kind of mapping that a project file is. */
    public static final String PROJECT = "project";

    private static final String ANY = "*";
    private static final Map<String, Map<String, Key>> SECTIONS = read();

    private YamlKeys() {}

    /**
     * @param about what it does, a sentence or two, Markdown
     */
    public record Key(String name, Value value, String about) {}

    /** What may stand for a value. */
    public sealed interface Value {}

    /** Anything: nothing to offer. */
    public record Text() implements Value {}

    /** One of these. */
    public record Words(List<String> all) implements Value {}

    /** A name out of the project. */
    public record Of(What what) implements Value {}

    /** A mapping with certain keys. */
    public record Section(String name, Shape shape) implements Value {}

    /** How the mappings of a section stand under their key. */
    public enum Shape {
        MAP,
        LIST,
        /** Its key alone is enough: {@code - not_null}. */
        ALONE,
        /** Below folders of the project, {@code +} before each key. */
        TREE
    }

    /** Names that a value can be. */
    public enum What {
        MODELS("model"),
        SEEDS("seed"),
        SNAPSHOTS("snapshot"),
        ANY_MODEL("model"),
        SOURCES("source"),
        TABLES("table"),
        COLUMNS("column"),
        COLUMNS_OF_TO("column"),
        TYPES("type"),
        REFS("ref or source"),
        TAGS("list of strings"),
        SCHEMAS("schema"),
        OUTPUTS("output of the profile"),
        MATERIALIZATIONS("table, view, incremental, ephemeral");

        private final String words;

        What(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The keys of a section, in the order in which people write them. */
    public static List<Key> of(String section) {
        return SECTIONS.getOrDefault(section, Map.of()).values().stream()
                .filter(key -> !key.name().equals(ANY))
                .toList();
    }

    /**
     * A key of a section, {@code +} before it or not.
     *
     * @param key as it is written
     */
    public static Optional<Key> find(Section section, String key) {
        String name = section.shape() == Shape.TREE && key.startsWith("+") ? key.substring(1) : key;
        return of(section.name()).stream().filter(k -> k.name().equals(name)).findFirst();
    }

    /** True where anybody may give keys of their own a meaning: arguments of tests. */
    public static boolean isOpen(Section section) {
        return section.name().equals("test_arguments")
                || SECTIONS.getOrDefault(section.name(), Map.of()).containsKey(ANY);
    }

    /** What a value is, in a few words; empty for anything. */
    public static String words(Value value) {
        if (value instanceof Words words) {
            return String.join(", ", words.all());
        } else if (value instanceof Section section) {
            return switch (section.shape()) {
                case LIST -> "list";
                case MAP, TREE -> "keys";
                case ALONE -> "";
            };
        }
        return value instanceof Of of ? of.what().words() : "";
    }

    /**
     * What stands under keys, one below the other; {@link Text} where nothing is known.
     *
     * @param root {@link #PROPERTIES} or {@link #PROJECT}
     */
    public static Value under(String root, List<String> keys) {
        Value at = new Section(root, Shape.MAP);
        for (String key : keys) {
            at = under(at, key);
        }
        return at;
    }

    /** What stands under a key of a value. */
    public static Value under(Value outer, String key) {
        if (!(outer instanceof Section section)) {
            return new Text();
        }
        Map<String, Key> all = SECTIONS.getOrDefault(section.name(), Map.of());
        if (section.shape() == Shape.TREE) {
            boolean marked = key.startsWith("+");
            Key config = all.get(marked ? key.substring(1) : key);
            return config != null ? config.value() : marked ? new Text() : section;
        }
        Key found = all.getOrDefault(key, all.get(ANY));
        return found == null ? new Text() : found.value();
    }

    private static Map<String, Map<String, Key>> read() {
        Map<String, Map<String, Key>> sections = new LinkedHashMap<>();
        Map<String, Key> section = Map.of();
        for (String line : text().lines().toList()) {
            if (line.startsWith("[")) {
                section = new LinkedHashMap<>();
                sections.put(line.substring(1, line.length() - 1), section);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" \\| ", 3);
                section.put(parts[0], new Key(parts[0], value(parts[1]), parts[2]));
            }
        }
        return sections;
    }

    private static Value value(String written) {
        List<String> words = new ArrayList<>(List.of(written.split(" ")));
        String first = words.remove(0).toUpperCase(Locale.ROOT);
        return switch (first) {
            case "TEXT" -> new Text();
            case "WORDS" -> new Words(List.copyOf(words));
            case "OF" -> new Of(What.valueOf(words.get(0).toUpperCase(Locale.ROOT)));
            default -> new Section(words.get(0), Shape.valueOf(first));
        };
    }

    private static String text() {
        try (InputStream table =
                Objects.requireNonNull(YamlKeys.class.getResourceAsStream("yaml-keys.txt"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
