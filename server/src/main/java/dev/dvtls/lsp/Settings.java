package dev.dvtls.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.assist.Lens;
import dev.dvtls.run.env.InterpreterChoice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * The user's settings: section {@code dvt}, and {@code initializationOptions} of the same shape.
 *
 * @param interpreter Python to run models with
 * @param offered Python that the editor's extension for Python uses
 * @param target output of the profile to load to
 * @param trusted false: the folder is not trusted, and nothing of it is run
 * @param lenses those that are shown; {@code DEBUG} to clients that can
 */
record Settings(
        Optional<String> interpreter,
        Optional<String> offered,
        Optional<String> target,
        boolean trusted,
        ShapeSettings shapes,
        Set<Lens.Kind> lenses) {
    static final Settings DEFAULT =
            new Settings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    ShapeSettings.DEFAULT,
                    Set.copyOf(EnumSet.complementOf(EnumSet.of(Lens.Kind.DEBUG))));

    private static final Map<String, Lens.Kind> LENSES =
            Map.of(
                    "run", Lens.Kind.RUN,
                    "runWithUpstream", Lens.Kind.RUN_WITH_UPSTREAM,
                    "preview", Lens.Kind.PREVIEW,
                    "debug", Lens.Kind.DEBUG,
                    "lineage", Lens.Kind.LINEAGE,
                    "lastRun", Lens.Kind.LAST_RUN);

    /** With the values that the object has; an empty string means none. */
    Settings with(Object json) {
        if (!(json instanceof JsonObject object)) {
            return this;
        }
        return new Settings(
                text(object, "python", "interpreter", interpreter),
                text(object, "python", "ofExtension", offered),
                text(object, "", "target", target),
                object.get("trusted") instanceof JsonPrimitive flag ? flag.getAsBoolean() : trusted,
                shapes.with(object),
                lenses(object));
    }

    private Set<Lens.Kind> lenses(JsonObject object) {
        Set<Lens.Kind> shown = EnumSet.noneOf(Lens.Kind.class);
        shown.addAll(lenses);
        LENSES.forEach(
                (key, kind) -> {
                    Optional<JsonElement> value =
                            object.get("lenses") instanceof JsonObject inner
                                    ? Optional.ofNullable(inner.get(key))
                                    : Optional.ofNullable(object.get("lenses." + key));
                    if (value.orElse(JsonNull.INSTANCE) instanceof JsonPrimitive flag) {
                        if (flag.getAsBoolean()) {
                            shown.add(kind);
                        } else {
                            shown.remove(kind);
                        }
                    }
                });
        return Set.copyOf(shown);
    }

    private static Optional<String> text(
            JsonObject object, String group, String key, Optional<String> before) {
        JsonElement value =
                !group.isEmpty() && object.get(group) instanceof JsonObject inner
                        ? inner.get(key)
                        : object.get(group.isEmpty() ? key : group + "." + key);
        if (value == null) {
            return before;
        }
        return value.isJsonPrimitive()
                ? Optional.of(value.getAsString()).filter(s -> !s.isBlank())
                : Optional.empty();
    }

    Settings trusted(boolean yes) {
        return new Settings(interpreter, offered, target, yes, shapes, lenses);
    }

    /**
     * The interpreter that was chosen.
     *
     * @param folder that these settings are of: a path may start there
     */
    InterpreterChoice choice(Path folder) {
        return new InterpreterChoice(
                interpreter.flatMap(text -> path(folder, text)),
                offered.flatMap(text -> path(folder, text)));
    }

    private static Optional<Path> path(Path folder, String text) {
        String home = System.getProperty("user.home", "");
        String path =
                text.strip()
                        .replaceFirst("^~(?=$|[/\\\\])", Matcher.quoteReplacement(home))
                        .replace("${workspaceFolder}", folder.toString())
                        .replace("${userHome}", home);
        try {
            return Optional.of(folder.resolve(path));
        } catch (InvalidPathException e) {
            return Optional.of(folder.resolve("?")); // no file: told like one that is not there
        }
    }
}
