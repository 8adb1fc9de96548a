package dev.dvtls.project;

import dev.dvtls.text.LineIndex;
import dev.dvtls.text.LineIndex.Encoding;
import dev.dvtls.text.LineIndex.Position;
import dev.dvtls.text.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * How a project wants to be checked: {@code dvt.toml}, else {@code [tool.dvt]} of {@code
 * pyproject.toml}.
 *
 * @param rules the keys of its {@code rules} table
 * @param others keys beside that table, which mean nothing
 * @param problems where it is no TOML
 */
public record SettingsFile(
        Path file, List<Entry> rules, List<Entry> others, List<FileProblem> problems) {

    /**
     * @param value of a string; empty for anything else
     * @param valueSpan with its quotes
     */
    public record Entry(String key, Span keySpan, Optional<String> value, Span valueSpan) {}

    private static final List<String> PYPROJECT_TABLE = List.of("tool", "dvt");
    private static final String RULES = "rules";

    /** Settings of a project that has none. */
    public static SettingsFile none(Path root) {
        return new SettingsFile(
                root.resolve(ProjectLayout.SETTINGS_FILES.get(0)), List.of(), List.of(), List.of());
    }

    /** Reads those of a project from disk. */
    public static SettingsFile of(Path root) {
        for (String name : ProjectLayout.SETTINGS_FILES) {
            Path file = root.resolve(name);
            if (Files.isRegularFile(file)) {
                FileText read = FileText.read(file);
                SettingsFile settings =
                        read.text()
                                .map(text -> read(file, text))
                                .orElseGet(
                                        () ->
                                                new SettingsFile(
                                                        file,
                                                        List.of(),
                                                        List.of(),
                                                        read.problem().stream().toList()));
                if (isOwn(file) || !settings.isEmpty()) {
                    return settings;
                }
            }
        }
        return none(root);
    }

    public static boolean isSettings(Path root, Path file) {
        return root.equals(file.getParent())
                && ProjectLayout.SETTINGS_FILES.contains(String.valueOf(file.getFileName()));
    }

    /** Never throws; what can be read of a broken text counts. */
    public static SettingsFile read(Path file, String text) {
        if (!isOwn(file) && !text.contains("tool.dvt")) {
            return new SettingsFile(file, List.of(), List.of(), List.of());
        }
        return new Reader(file, text).read();
    }

    private boolean isEmpty() {
        return rules.isEmpty() && others.isEmpty() && problems.isEmpty();
    }

    /** Everything in it is ours: {@code dvt.toml}. */
    private static boolean isOwn(Path file) {
        return file.endsWith(ProjectLayout.SETTINGS_FILES.get(0));
    }

    private static final class Reader {
        private final Path file;
        private final String text;
        private final LineIndex lines;
        private final TomlParseResult toml;
        private final List<Entry> rules = new ArrayList<>();
        private final List<Entry> others = new ArrayList<>();

        Reader(Path file, String text) {
            this.file = file;
            this.text = text;
            this.lines = LineIndex.of(text);
            this.toml = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        }

        SettingsFile read() {
            List<String> ours = isOwn(file) ? List.of() : PYPROJECT_TABLE;
            Object root = ours.isEmpty() ? toml : toml.get(ours);
            if (root instanceof TomlTable table) {
                for (String key : table.keySet()) {
                    List<String> path = new ArrayList<>(ours);
                    path.add(key);
                    if (key.equals(RULES) && table.get(List.of(key)) instanceof TomlTable inner) {
                        for (String code : inner.keySet()) {
                            List<String> place = new ArrayList<>(path);
                            place.add(code);
                            entry(place).ifPresent(rules::add);
                        }
                    } else {
                        entry(path).ifPresent(others::add);
                    }
                }
            }
            return new SettingsFile(
                    file,
                    List.copyOf(rules),
                    List.copyOf(others),
                    toml.errors().stream().map(this::problem).toList());
        }

        private FileProblem problem(TomlParseError error) {
            String message = String.valueOf(error.getMessage());
            return new FileProblem(
                    file,
                    error.position().line(),
                    error.position().column(),
                    "Not valid TOML: " + message.replaceFirst("\\.$", "") + ".");
        }

        /** A key's place is where its statement begins: the last part of a dotted key is it. */
        private Optional<Entry> entry(List<String> path) {
            TomlPosition position = toml.inputPositionOf(path);
            if (position == null) {
                return Optional.empty();
            }
            String key = path.get(path.size() - 1);
            int bom = position.line() == 1 && text.startsWith("\uFEFF") ? 1 : 0;
            int start =
                    lines.offset(
                            new Position(position.line() - 1, position.column() - 1 + bom),
                            Encoding.UTF_32);
            int line = lines.lineEnd(lines.line(start));
            int at = text.indexOf(key, start);
            Span keySpan =
                    at < 0 || at + key.length() > line
                            ? new Span(start, Math.max(start, line))
                            : new Span(at, at + key.length());
            Optional<String> value =
                    toml.get(path) instanceof String string
                            ? Optional.of(string)
                            : Optional.empty();
            return Optional.of(new Entry(key, keySpan, value, value(keySpan.end(), line)));
        }

        /** What stands behind the equals sign, on the same line. */
        private Span value(int from, int line) {
            int at = text.indexOf('=', from);
            if (at < 0 || at >= line) {
                return new Span(from, from);
            }
            at++;
            while (at < line && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            int end = at;
            char quote = at < line ? text.charAt(at) : ' ';
            if (quote == '"' || quote == '\'') {
                int close = text.indexOf(quote, at + 1);
                end = close < 0 || close >= line ? line : close + 1;
            } else {
                while (end < line && ",}#".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                while (end > at && Character.isWhitespace(text.charAt(end - 1))) {
                    end--;
                }
            }
            return new Span(at, end);
        }
    }
}
