package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fixed words: members of {@code dbt}, keys and values of {@code config()}. */
final class Vocabulary {
    private Vocabulary() {}

    record Word(String name, Kind kind, String detail, String documentation) {}

    private static final List<Word> MEMBERS =
            List.of(
                    new Word(
                            "ref",
                            Kind.METHOD,
                            "ref(\"model\")",
                            "A relation of an upstream model or seed. `.df()` gives pandas, `.pl()`"
                                    + " polars, `.arrow()` pyarrow."),
                    new Word(
                            "source",
                            Kind.METHOD,
                            "source(\"source\", \"table\")",
                            "A relation of a source table, as `sources:` in YAML declares it."),
                    new Word(
                            "config",
                            Kind.METHOD,
                            "config(materialized=..., tags=[...], ...)",
                            "Sets how this model is built; read before it runs."),
                    new Word(
                            "this",
                            Kind.PROPERTY,
                            "the relation this model builds",
                            "`database`, `schema`, `identifier`, `name`; `str(dbt.this)` is the"
                                    + " full name."),
                    new Word(
                            "is_incremental",
                            Kind.PROPERTY,
                            "bool",
                            "True when the model is incremental, its table exists and no full"
                                    + " refresh was asked for. A value, not a function."),
                    new Word(
                            "var",
                            Kind.METHOD,
                            "var(\"name\", default)",
                            "A variable of the project or of the command line."));

    /** What Jinja has of them, where it is not the same. */
    private static final List<Word> IN_JINJA =
            List.of(
                    new Word(
                            "ref",
                            Kind.METHOD,
                            "ref(\"model\")",
                            "The relation of an upstream model or seed."),
                    new Word(
                            "this",
                            Kind.PROPERTY,
                            "the relation this model builds",
                            "`database`, `schema`, `identifier`, `name`."),
                    new Word(
                            "is_incremental",
                            Kind.METHOD,
                            "is_incremental()",
                            "True when the model is incremental, its table exists and no full"
                                    + " refresh was asked for."));

    private static final List<Word> CONFIG =
            List.of(
                    new Word(
                            "get",
                            Kind.METHOD,
                            "get(\"key\", default)",
                            "A value of this model's configuration."));

    private static final List<Word> THIS =
            List.of(
                    new Word("database", Kind.PROPERTY, "str", ""),
                    new Word("schema", Kind.PROPERTY, "str", ""),
                    new Word("identifier", Kind.PROPERTY, "str", ""),
                    new Word("name", Kind.PROPERTY, "str", ""));

    /** Placeholders of the values, for clients that have them; no choices, which Emacs lacks. */
    private static final Map<String, String> VALUES =
            Map.of(
                    "materialized", "\"${1:table}\"",
                    "unique_key", "\"$1\"",
                    "tags", "[\"$1\"]",
                    "schema", "\"$1\"",
                    "database", "\"$1\"",
                    "alias", "\"$1\"",
                    "target", "\"$1\"",
                    "enabled", "${1:True}",
                    "allow_empty", "${1:True}",
                    "timeout", "${1:60}");

    private static final List<Word> KEYS =
            List.of(
                    new Word(
                            "materialized",
                            Kind.KEY,
                            "\"table\" or \"incremental\"",
                            "How the result is kept. A Python model cannot be a view."),
                    new Word(
                            "unique_key",
                            Kind.KEY,
                            "column or list of columns",
                            "Incremental: rows with a known key replace, others are added."),
                    new Word("tags", Kind.KEY, "list of strings", "For selection: `tag:name`."),
                    new Word("schema", Kind.KEY, "string", "Where the table lands."),
                    new Word("database", Kind.KEY, "string", "Where the table lands."),
                    new Word("alias", Kind.KEY, "string", "The table's name, if not the model's."),
                    new Word(
                            "target",
                            Kind.KEY,
                            "output of the profile",
                            "Where the table lands, if not on the run's target."),
                    new Word("enabled", Kind.KEY, "True or False", "False takes the model out."),
                    new Word(
                            "timeout",
                            Kind.KEY,
                            "seconds",
                            "The run is ended after that time (DVT124)."),
                    new Word(
                            "allow_empty",
                            Kind.KEY,
                            "True or False",
                            "True loads an empty result; else it is an error (DVT123)."),
                    new Word(
                            "full_refresh",
                            Kind.KEY,
                            "True or False",
                            "Incremental: True builds the table anew each run, False never."),
                    new Word("meta", Kind.KEY, "dict", "Anything, for other tools."));

    /** What {@code config()} of a SQL model takes, where it is not the same. */
    private static final Word MATERIALIZED_IN_SQL =
            new Word(
                    "materialized",
                    Kind.KEY,
                    "\"view\", \"table\", \"incremental\" or \"ephemeral\"",
                    "How the result is kept.");

    private static List<Word> words(boolean python) {
        return KEYS.stream()
                .map(
                        word ->
                                !python && word.name().equals("materialized")
                                        ? MATERIALIZED_IN_SQL
                                        : word)
                .toList();
    }

    /**
     * @param about its type and what it does
     */
    record Key(String name, String about) {}

    static List<Key> keys(boolean python) {
        return words(python).stream()
                .map(w -> new Key(w.name(), w.detail() + ". " + w.documentation()))
                .toList();
    }

    static List<Suggestion> members(Replacement range) {
        return all(MEMBERS, range);
    }

    static List<Suggestion> configMembers(Replacement range) {
        return all(CONFIG, range);
    }

    static List<Suggestion> thisMembers(Replacement range) {
        return all(THIS, range);
    }

    /**
     * Keys that the call does not have yet.
     *
     * @param assigned an equals sign follows already
     */
    static List<Suggestion> configKeys(
            Replacement range, List<String> used, boolean assigned, boolean python) {
        List<Suggestion> keys = new ArrayList<>();
        for (Word word : words(python)) {
            if (!used.contains(word.name())) {
                Optional<String> value =
                        assigned ? Optional.empty() : Optional.ofNullable(VALUES.get(word.name()));
                keys.add(
                        range.suggestText(
                                word.name(),
                                assigned ? word.name() : word.name() + "=",
                                value.map(v -> word.name() + "=" + v),
                                word.kind(),
                                word.detail(),
                                word.documentation()));
            }
        }
        return List.copyOf(keys);
    }

    static List<Suggestion> materializations(Replacement range, boolean python) {
        List<Suggestion> values = new ArrayList<>();
        values.add(value(range, "table", "The whole result replaces the table."));
        values.add(value(range, "incremental", "The result is added to the table."));
        if (!python) {
            values.add(value(range, "view", "The query is kept, not its rows."));
            values.add(value(range, "ephemeral", "The query is put into those that read it."));
        }
        return List.copyOf(values);
    }

    static List<Suggestion> booleans(Replacement range) {
        return List.of(value(range, "True", ""), value(range, "False", ""));
    }

    private static Suggestion value(Replacement range, String name, String documentation) {
        return range.suggest(name, Kind.VALUE, "", documentation, "1");
    }

    private static List<Suggestion> all(List<Word> words, Replacement range) {
        return words.stream()
                .map(w -> range.suggest(w.name(), w.kind(), w.detail(), w.documentation(), "1"))
                .toList();
    }

    /**
     * A member in words.
     *
     * @param receiver {@code dbt}, {@code dbt.config} or {@code dbt.this}
     */
    static Optional<Word> describe(String receiver, String name) {
        List<Word> words =
                switch (receiver) {
                    case "dbt" -> MEMBERS;
                    case "dbt.config" -> CONFIG;
                    case "dbt.this" -> THIS;
                    default -> List.of();
                };
        return words.stream().filter(word -> word.name().equals(name)).findFirst();
    }

    /**
     * As {@link #describe}, in Jinja.
     *
     * @param receiver empty, {@code config} or {@code this}
     */
    static Optional<Word> describeInJinja(String receiver, String name) {
        return IN_JINJA.stream()
                .filter(word -> receiver.isEmpty() && word.name().equals(name))
                .findFirst()
                .or(() -> describe(receiver.isEmpty() ? "dbt" : "dbt." + receiver, name));
    }

    /** A key of {@code config()} in words. */
    static Optional<Word> describeKey(String name, boolean python) {
        return words(python).stream().filter(word -> word.name().equals(name)).findFirst();
    }
}
