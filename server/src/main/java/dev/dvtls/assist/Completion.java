package dev.dvtls.assist;

import dev.dvtls.assist.Cursor.Bracket;
import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What to offer at a cursor, in models and properties files; in unfinished text too. */
public final class Completion {
    private final Manifest manifest;
    private final Known known;
    private final Names names;
    private final Path file;
    private final String text;
    private final Cursor cursor;
    private final String quote;
    private final boolean python;

    private Completion(
            Manifest manifest,
            Known known,
            Path file,
            String text,
            Cursor cursor,
            String quote,
            boolean python) {
        this.manifest = manifest;
        this.known = known;
        this.names = new Names(manifest, file, text, cursor.offset(), known.recent());
        this.file = file;
        this.text = text;
        this.cursor = cursor;
        this.quote = quote;
        this.python = python;
    }

    /**
     * @param text of the file, as the editor has it now
     * @param offset the cursor
     */
    public static Offer at(Manifest manifest, Known known, Path file, String text, int offset) {
        if (file.toString().endsWith(".sql")) {
            OptionalInt code = JinjaRegion.codeStart(text, offset);
            return code.isEmpty()
                    ? new CompletionSql(manifest, known, file).inModel(text, offset)
                    : of(manifest, known, file, text, code.getAsInt(), offset, false);
        }
        String name = file.toString();
        if (name.endsWith(".yml") || name.endsWith(".yaml")) {
            return YamlCompletion.at(manifest, known, file, text, offset);
        }
        return name.endsWith(".py")
                ? of(manifest, known, file, text, 0, offset, true)
                : Offer.NOTHING;
    }

    /**
     * True where a space that was typed is a reason to offer something unasked: behind a dash or a
     * colon of YAML.
     */
    public static boolean isOfferedAfterSpace(Path file, String text, int offset) {
        String name = file.toString();
        return (name.endsWith(".yml") || name.endsWith(".yaml"))
                && offset > 1
                && "-:".indexOf(text.charAt(offset - 2)) >= 0;
    }

    /**
     * In a call that a text of YAML holds.
     *
     * @param from where the call begins, or the code around it
     * @param quote for names: not the one that the text itself is in
     */
    static Offer inYaml(
            Manifest manifest,
            Known known,
            Path file,
            String text,
            int from,
            int offset,
            String quote) {
        Cursor cursor = CursorScan.scan(text, from, offset);
        return new Completion(manifest, known, file, text, cursor, quote, false).offer();
    }

    private static Offer of(
            Manifest manifest,
            Known known,
            Path file,
            String text,
            int from,
            int offset,
            boolean python) {
        Cursor cursor = CursorScan.scan(text, from, offset);
        if (cursor.comment() || cursor.string().filter(Cursor.InString::bytes).isPresent()) {
            return Offer.NOTHING;
        }
        String quote = python ? "\"" : "'";
        return new Completion(manifest, known, file, text, cursor, quote, python).offer();
    }

    private Offer offer() {
        Optional<Bracket> call = cursor.call();
        String function = call.map(this::function).orElse("");
        if (cursor.string().isEmpty() && !cursor.subject().isEmpty()) {
            return Offer.of(members());
        }
        if (cursor.directlyInCall() && call.isPresent()) {
            Optional<Offer> named = ofCall(function, call.get());
            if (named.isPresent()) {
                return named.get();
            }
        }
        if (function.equals("config") && call.isPresent() && !call.get().keyword().isEmpty()) {
            return Offer.of(values(call.get()));
        }
        if (python && cursor.string().isPresent()) {
            return new CompletionSql(manifest, known, file).inString(text, cursor, names);
        }
        return python && cursor.string().isEmpty() && cursor.brackets().isEmpty()
                ? Offer.of(ModelSkeletons.at(manifest, file, text, cursor.offset()))
                : Offer.NOTHING;
    }

    private String function(Bracket call) {
        return CursorNames.function(text, cursor.offset(), call.callee(), python);
    }

    /** Empty when the call is none of ours. */
    private Optional<Offer> ofCall(String function, Bracket call) {
        if (cursor.string().isEmpty() && call.valueStarted()) {
            return function.isEmpty() ? Optional.empty() : Optional.of(Offer.NOTHING);
        }
        return switch (function) {
            case "ref" -> Optional.of(refs(call));
            case "source" -> Optional.of(sources(call));
            case "config" ->
                    Optional.of(
                            Offer.of(
                                    call.keyword().isEmpty() && cursor.string().isEmpty()
                                            ? keys(call)
                                            : values(call)));
            case "config.get" ->
                    Optional.of(
                            Offer.of(
                                    call.argument() == 0
                                            ? named(usedKeys(), Kind.KEY)
                                            : List.of()));
            case "var" -> Optional.of(Offer.of(call.argument() == 0 ? variables() : List.of()));
            default -> Optional.empty();
        };
    }

    private Offer refs(Bracket call) {
        if (call.argument() == 0 && call.keyword().isEmpty()) {
            return names.models(quoted(), Optional.empty(), true);
        }
        if (call.argument() == 1 && call.keyword().isEmpty()) {
            return names.models(quoted(), Optional.of(call.strings().getOrDefault("0", "")), false);
        }
        return switch (call.keyword()) {
            case "name", "model_name", "model" -> names.models(quoted(), Optional.empty(), false);
            case "package", "package_name" -> Offer.of(names.packages(quoted()));
            default -> Offer.NOTHING;
        };
    }

    private Offer sources(Bracket call) {
        boolean first = call.keyword().isEmpty() && call.argument() == 0;
        boolean second = call.keyword().isEmpty() && call.argument() == 1;
        if (first || call.keyword().equals("source_name")) {
            return Offer.of(names.sources(quoted()));
        }
        if (second || call.keyword().equals("table_name")) {
            String source =
                    call.strings()
                            .getOrDefault("0", call.strings().getOrDefault("source_name", ""));
            return names.tables(quoted(), source);
        }
        return Offer.NOTHING;
    }

    private List<Suggestion> members() {
        String object = CursorNames.alias(text, cursor.offset(), cursor.receiver());
        Replacement range = word();
        return switch (object) {
            case "dbt" -> Vocabulary.members(range);
            case "dbt.config" -> Vocabulary.configMembers(range);
            case "dbt.this" -> Vocabulary.thisMembers(range);
            default -> python ? ofValue(range) : List.of();
        };
    }

    private List<Suggestion> ofValue(Replacement range) {
        return new PythonValues(manifest, file, text, cursor.offset())
                .of(cursor.subject())
                .map(
                        value ->
                                switch (value.kind()) {
                                    case RELATION -> Relations.ofRelation(range);
                                    case SESSION -> Relations.ofSession(range);
                                    // Other servers know their libraries.
                                    case PANDAS, POLARS, ARROW -> List.<Suggestion>of();
                                })
                .orElse(List.of());
    }

    private List<Suggestion> keys(Bracket call) {
        Replacement range = word();
        String after = text.substring(range.range().replace().end()).stripLeading();
        return Vocabulary.configKeys(
                range, call.keywords(), after.startsWith("=") && !after.startsWith("=="), python);
    }

    /** Values of a config key, also inside {@code tags=["..."]}. */
    private List<Suggestion> values(Bracket call) {
        boolean inList = !cursor.directlyInCall();
        if (inList && !Set.of("tags", "unique_key").contains(call.keyword())) {
            return List.of();
        }
        if (cursor.string().isEmpty() && inList && cursor.brackets().get(0).valueStarted()) {
            return List.of();
        }
        return switch (call.keyword()) {
            case "materialized" -> Vocabulary.materializations(quoted(), python);
            case "tags" -> named(names.tags(), Kind.VALUE);
            case "schema" -> named(names.schemas(), Kind.VALUE);
            case "target" -> targets();
            case "unique_key" -> KeyColumns.of(manifest, known.columns(), file, quoted());
            case "enabled", "allow_empty", "full_refresh" ->
                    cursor.string().isEmpty() ? Vocabulary.booleans(word()) : List.of();
            default -> List.of();
        };
    }

    private List<Suggestion> targets() {
        Replacement range = quoted();
        return known.targets().get().entrySet().stream()
                .map(t -> range.suggest(t.getKey(), Kind.VALUE, t.getValue(), "", "1"))
                .toList();
    }

    private List<Suggestion> variables() {
        Replacement range = quoted();
        return Variables.of(manifest.project()).entrySet().stream()
                .map(v -> range.suggest(v.getKey(), Kind.VARIABLE, v.getValue(), "", "1"))
                .toList();
    }

    private Set<String> usedKeys() {
        return manifest.file(file)
                .map(
                        model ->
                                model.config().stream()
                                        .map(ModelFile.ConfigEntry::key)
                                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private List<Suggestion> named(Collection<String> all, Kind kind) {
        Replacement range = quoted();
        return all.stream().sorted().map(name -> range.suggest(name, kind, "", "", "1")).toList();
    }

    /** The name around the cursor. */
    private Replacement word() {
        return Replacement.ofWord(text, cursor.offset(), cursor.offset() - cursor.word().length());
    }

    /** The content of the string around the cursor; in code, a new string. */
    private Replacement quoted() {
        return cursor.string()
                .map(string -> Replacement.ofContent(text, cursor.offset(), string.contentStart()))
                .orElseGet(() -> word().quotedWith(quote));
    }
}
