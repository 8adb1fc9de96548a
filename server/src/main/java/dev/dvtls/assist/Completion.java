package dev.dvtls.assist;

import dev.dvtls.assist.Cursor.Bracket;
import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to offer at a cursor, in {@code .py} and {@code .sql} models; in unfinished text too. */
public final class Completion {
    /** Functions of a session that take SQL. */
    private static final Set<String> SQL_CALLS =
            Set.of("sql", "execute", "query", "table", "from_query", "executemany", "view");

    private static final Pattern TABLE_EXPECTED =
            Pattern.compile("(?i)\\b(from|join|into|update|table)\\s+$|(?i)\\bfrom\\s[^()]*,\\s*$");

    private final Manifest manifest;
    private final Names names;
    private final Path file;
    private final String text;
    private final Cursor cursor;
    private final boolean python;

    private Completion(Manifest manifest, Path file, String text, Cursor cursor, boolean python) {
        this.manifest = manifest;
        this.names = new Names(manifest, file);
        this.file = file;
        this.text = text;
        this.cursor = cursor;
        this.python = python;
    }

    /**
     * @param text of the file, as the editor has it now
     * @param offset the cursor
     */
    public static List<Suggestion> at(Manifest manifest, Path file, String text, int offset) {
        if (file.toString().endsWith(".sql")) {
            OptionalInt code = JinjaRegion.codeStart(text, offset);
            return code.isEmpty()
                    ? List.of()
                    : of(manifest, file, text, code.getAsInt(), offset, false);
        }
        return file.toString().endsWith(".py")
                ? of(manifest, file, text, 0, offset, true)
                : List.of();
    }

    private static List<Suggestion> of(
            Manifest manifest, Path file, String text, int from, int offset, boolean python) {
        Cursor cursor = CursorScan.scan(text, from, offset);
        if (cursor.comment() || cursor.string().filter(Cursor.InString::bytes).isPresent()) {
            return List.of();
        }
        return new Completion(manifest, file, text, cursor, python).suggestions();
    }

    private List<Suggestion> suggestions() {
        Optional<Bracket> call = cursor.call();
        String function = call.map(c -> function(c.callee())).orElse("");
        if (cursor.string().isEmpty() && !cursor.receiver().isEmpty()) {
            return members();
        }
        if (cursor.directlyInCall() && call.isPresent()) {
            Optional<List<Suggestion>> named = ofCall(function, call.get());
            if (named.isPresent()) {
                return named.get();
            }
        }
        if (function.equals("config") && call.isPresent() && !call.get().keyword().isEmpty()) {
            return values(call.get());
        }
        if (python && cursor.string().isPresent()) {
            return sessionTables(call);
        }
        return List.of();
    }

    /** Empty when the call is none of ours. */
    private Optional<List<Suggestion>> ofCall(String function, Bracket call) {
        if (cursor.string().isEmpty() && call.valueStarted()) {
            return function.isEmpty() ? Optional.empty() : Optional.of(List.of());
        }
        return switch (function) {
            case "ref" -> Optional.of(refs(call));
            case "source" -> Optional.of(sources(call));
            case "config" ->
                    Optional.of(
                            call.keyword().isEmpty() && cursor.string().isEmpty()
                                    ? keys(call)
                                    : values(call));
            case "config.get" ->
                    Optional.of(call.argument() == 0 ? named(usedKeys(), Kind.KEY) : List.of());
            case "var" ->
                    Optional.of(
                            call.argument() == 0
                                    ? named(manifest.project().vars().keySet(), Kind.VARIABLE)
                                    : List.of());
            default -> Optional.empty();
        };
    }

    private List<Suggestion> refs(Bracket call) {
        if (call.argument() == 0 && call.keyword().isEmpty()) {
            return names.models(quoted(), Optional.empty(), true);
        }
        if (call.argument() == 1 && call.keyword().isEmpty()) {
            return names.models(quoted(), Optional.of(call.strings().getOrDefault("0", "")), false);
        }
        return switch (call.keyword()) {
            case "name", "model_name", "model" -> names.models(quoted(), Optional.empty(), false);
            case "package", "package_name" -> names.packages(quoted());
            default -> List.of();
        };
    }

    private List<Suggestion> sources(Bracket call) {
        boolean first = call.keyword().isEmpty() && call.argument() == 0;
        boolean second = call.keyword().isEmpty() && call.argument() == 1;
        if (first || call.keyword().equals("source_name")) {
            return names.sources(quoted());
        }
        if (second || call.keyword().equals("table_name")) {
            String source =
                    call.strings()
                            .getOrDefault("0", call.strings().getOrDefault("source_name", ""));
            return names.tables(quoted(), source);
        }
        return List.of();
    }

    private List<Suggestion> members() {
        String object = alias(cursor.receiver());
        Replacement range = word();
        return switch (object) {
            case "dbt" -> Vocabulary.members(range);
            case "dbt.config" -> Vocabulary.configMembers(range);
            case "dbt.this" -> Vocabulary.thisMembers(range);
            default -> List.of();
        };
    }

    private List<Suggestion> keys(Bracket call) {
        return Vocabulary.configKeys(word(), call.keywords());
    }

    /** Values of a config key, also inside {@code tags=["..."]}. */
    private List<Suggestion> values(Bracket call) {
        boolean inList = !cursor.directlyInCall();
        if (inList && !call.keyword().equals("tags")) {
            return List.of();
        }
        if (cursor.string().isEmpty() && inList && cursor.brackets().get(0).valueStarted()) {
            return List.of();
        }
        return switch (call.keyword()) {
            case "materialized" -> Vocabulary.materializations(quoted(), python);
            case "tags" -> named(names.tags(), Kind.VALUE);
            case "enabled", "allow_empty" ->
                    cursor.string().isEmpty() ? Vocabulary.booleans(word()) : List.of();
            default -> List.of();
        };
    }

    private Set<String> usedKeys() {
        return manifest.file(file)
                .map(
                        model ->
                                model.config().stream()
                                        .map(ModelFile.ConfigEntry::key)
                                        .collect(java.util.stream.Collectors.toSet()))
                .orElse(Set.of());
    }

    private List<Suggestion> named(java.util.Collection<String> all, Kind kind) {
        Replacement range = quoted();
        return all.stream().sorted().map(name -> range.suggest(name, kind, "", "", "1")).toList();
    }

    /** Names in SQL given to the session: {@code __model__x} and {@code source__table}. */
    private List<Suggestion> sessionTables(Optional<Bracket> call) {
        int content = cursor.string().map(Cursor.InString::contentStart).orElse(0);
        String before = text.substring(content, cursor.offset() - cursor.word().length());
        String function = call.map(c -> last(c.callee())).orElse("");
        boolean sql =
                call.isPresent()
                        && SQL_CALLS.contains(function)
                        && call.get().callee().contains(".");
        boolean prefixed = cursor.word().startsWith("__");
        if (!sql && !prefixed) {
            return List.of();
        }
        boolean wholeName = Set.of("table", "view").contains(function) && before.isBlank();
        boolean expected = TABLE_EXPECTED.matcher(before).find();
        boolean started = !cursor.word().isEmpty() && !before.endsWith(".");
        return wholeName || expected || started ? names.sessionTables(word()) : List.of();
    }

    /** {@code ref} of {@code dbt.ref}, of an alias of it, or in {@code .sql} of {@code ref}. */
    private String function(String callee) {
        String full = python ? alias(callee) : callee;
        if (python) {
            return full.startsWith("dbt.") ? full.substring("dbt.".length()) : "";
        }
        return Set.of("ref", "source", "config", "config.get", "var").contains(full) ? full : "";
    }

    /** Follows {@code d = dbt} and {@code r = dbt.ref} above the cursor. */
    private String alias(String dotted) {
        int dot = dotted.indexOf('.');
        String head = dot < 0 ? dotted : dotted.substring(0, dot);
        if (head.isEmpty() || head.equals("dbt")) {
            return dotted;
        }
        Matcher matcher =
                Pattern.compile(
                                "(?m)^[ \\t]*"
                                        + Pattern.quote(head)
                                        + "[ \\t]*=[ \\t]*(dbt(?:\\.\\w+)?)[ \\t]*(?:#.*)?\\r?$")
                        .matcher(text.substring(0, cursor.offset()));
        String meaning = "";
        while (matcher.find()) {
            meaning = matcher.group(1);
        }
        return meaning.isEmpty() ? dotted : meaning + (dot < 0 ? "" : dotted.substring(dot));
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    /** The name around the cursor. */
    private Replacement word() {
        int start = cursor.offset() - cursor.word().length();
        return new Replacement(range(start, false), "");
    }

    /** The content of the string around the cursor; in code, a new string. */
    private Replacement quoted() {
        if (cursor.string().isPresent()) {
            return new Replacement(range(cursor.string().get().contentStart(), true), "");
        }
        int start = cursor.offset() - cursor.word().length();
        return new Replacement(range(start, false), python ? "\"" : "'");
    }

    private Replacement.Range range(int start, boolean inString) {
        int from = start;
        for (int i = start; i < cursor.offset(); i++) {
            if (!isPart(text.charAt(i), inString)) {
                from = i + 1; // something else stands before the word
            }
        }
        int to = cursor.offset();
        while (to < text.length() && isPart(text.charAt(to), inString)) {
            to++;
        }
        return new Replacement.Range(new Span(from, cursor.offset()), new Span(from, to));
    }

    private static boolean isPart(char c, boolean inString) {
        return CursorScan.isNameChar(c) || (inString && (c == '-' || c == '.' || c == '$'));
    }
}
