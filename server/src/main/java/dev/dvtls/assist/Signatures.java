package dev.dvtls.assist;

import dev.dvtls.assist.Cursor.Bracket;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The ways to call the function around a cursor.
 *
 * @param active the one that fits what is written so far
 */
public record Signatures(List<Signature> all, int active) {
    /**
     * @param documentation Markdown
     * @param parameter the one that the cursor is in; empty when it is in none of them
     */
    public record Signature(
            String label,
            String documentation,
            List<Parameter> parameters,
            OptionalInt parameter) {}

    /**
     * @param span in the label
     */
    public record Parameter(String name, Span span, String documentation) {}

    /**
     * Of {@code dbt.ref}, {@code dbt.source}, {@code dbt.config}, {@code dbt.config.get} and {@code
     * dbt.var}, in {@code .sql} of the same functions inside Jinja. Empty in a call of anything
     * else, even inside one of these.
     */
    public static Optional<Signatures> at(String file, String text, int offset) {
        boolean python = file.endsWith(".py");
        OptionalInt from =
                python
                        ? OptionalInt.of(0)
                        : file.endsWith(".sql")
                                ? JinjaRegion.codeStart(text, offset)
                                : OptionalInt.empty();
        if (from.isEmpty()) {
            return Optional.empty();
        }
        Cursor cursor = CursorScan.scan(text, from.getAsInt(), offset);
        if (cursor.comment()) {
            return Optional.empty();
        }
        return cursor.call()
                .flatMap(
                        call ->
                                of(
                                        CursorNames.function(text, offset, call.callee(), python),
                                        call,
                                        python));
    }

    private static Optional<Signatures> of(String function, Bracket call, boolean python) {
        List<Template> templates =
                switch (function) {
                    case "ref" -> List.of(MODEL, PACKAGE_MODEL);
                    case "source" -> List.of(SOURCE);
                    case "config" -> List.of(python ? CONFIG : CONFIG_IN_SQL);
                    case "config.get" -> List.of(CONFIG_GET);
                    case "var" -> List.of(VAR);
                    default -> List.of();
                };
        if (templates.isEmpty()) {
            return Optional.empty();
        }
        // Two names mean ref(package, model).
        boolean second =
                templates.size() > 1
                        && ((call.keyword().isEmpty() && call.argument() > 0)
                                || call.strings().containsKey("1")
                                || usesPackage(call));
        return Optional.of(
                new Signatures(
                        templates.stream().map(t -> t.signature(call)).toList(), second ? 1 : 0));
    }

    private static boolean usesPackage(Bracket call) {
        return call.keywords().contains("package") || call.keywords().contains("package_name");
    }

    /**
     * @param names all that a keyword may be
     */
    private record Slot(String shown, Set<String> names, String documentation) {
        static Slot of(String shown, String documentation, String... others) {
            Set<String> names = new java.util.HashSet<>(List.of(others));
            names.add(shown.replaceAll("=.*", ""));
            return new Slot(shown, Set.copyOf(names), documentation);
        }
    }

    /**
     * @param keywords all arguments are, as in {@code config()}
     */
    private record Template(
            String function, List<Slot> slots, boolean keywords, String documentation) {

        Signature signature(Bracket call) {
            StringBuilder label = new StringBuilder(function).append('(');
            List<Parameter> parameters = new ArrayList<>();
            for (Slot slot : slots) {
                label.append(parameters.isEmpty() ? "" : ", ");
                int start = label.length();
                label.append(slot.shown());
                parameters.add(
                        new Parameter(
                                slot.shown(),
                                new Span(start, label.length()),
                                slot.documentation()));
            }
            return new Signature(
                    label.append(')').toString(),
                    documentation,
                    List.copyOf(parameters),
                    active(call));
        }

        private OptionalInt active(Bracket call) {
            if (!call.keyword().isEmpty()) {
                for (int i = 0; i < slots.size(); i++) {
                    if (slots.get(i).names().contains(call.keyword())) {
                        return OptionalInt.of(i);
                    }
                }
                return OptionalInt.empty();
            }
            boolean positional = !keywords && call.argument() < slots.size();
            return positional && !slots.get(call.argument()).shown().startsWith("v=")
                    ? OptionalInt.of(call.argument())
                    : OptionalInt.empty();
        }
    }

    private static final Slot NAME =
            Slot.of("model", "A model, seed or snapshot.", "name", "model_name");
    private static final Slot VERSION = Slot.of("v=None", "A version of the model.", "version");

    private static final Template MODEL =
            new Template(
                    "ref",
                    List.of(NAME, VERSION),
                    false,
                    "The relation of a model, seed or snapshot, which becomes an upstream of this"
                            + " model.");

    private static final Template PACKAGE_MODEL =
            new Template(
                    "ref",
                    List.of(
                            Slot.of(
                                    "package",
                                    "The package, or project, that the model is in.",
                                    "package_name"),
                            NAME,
                            VERSION),
                    false,
                    "The relation of a package's model, which becomes an upstream of this model.");

    private static final Template SOURCE =
            new Template(
                    "source",
                    List.of(
                            Slot.of("source_name", "A source of `sources:` in YAML.", "source"),
                            Slot.of("table_name", "One of its tables.", "table", "name")),
                    false,
                    "The relation of a source's table.");

    private static final Template CONFIG = config(true);
    private static final Template CONFIG_IN_SQL = config(false);

    private static Template config(boolean python) {
        return new Template(
                "config",
                Vocabulary.keys(python).stream()
                        .map(key -> Slot.of(key.name() + "=...", key.about()))
                        .toList(),
                true,
                "How this model is built. Read before it runs: values are literals.");
    }

    private static final Template CONFIG_GET =
            new Template(
                    "get",
                    List.of(
                            Slot.of("key", "A key of this model's configuration."),
                            Slot.of("default=None", "What it gives without that key.")),
                    false,
                    "A value of this model's configuration, from any level.");

    private static final Template VAR =
            new Template(
                    "var",
                    List.of(
                            Slot.of("name", "A variable of `vars:` or of `--vars`."),
                            Slot.of("default=...", "What it gives where the variable is not set.")),
                    false,
                    "A variable of the project or of the command line. Without a default, a"
                            + " variable that is not set is an error.");
}
