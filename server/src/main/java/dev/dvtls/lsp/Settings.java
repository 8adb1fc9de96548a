package dev.dvtls.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/**
 * The user's settings: section {@code dvt}, and {@code initializationOptions} of the same shape.
 *
 * @param interpreter Python to run models with
 * @param target output of the profile to load to
 * @param trusted false: the folder is not trusted, and nothing of it is run
 */
record Settings(
        Optional<String> interpreter,
        Optional<String> target,
        boolean trusted,
        ShapeSettings shapes) {
    static final Settings DEFAULT =
            new Settings(Optional.empty(), Optional.empty(), true, ShapeSettings.DEFAULT);

    /** With the values that the object has; an empty string means none. */
    Settings with(Object json) {
        if (!(json instanceof JsonObject object)) {
            return this;
        }
        return new Settings(
                text(object, "python", "interpreter", interpreter),
                text(object, "", "target", target),
                object.get("trusted") instanceof JsonPrimitive flag ? flag.getAsBoolean() : trusted,
                shapes.with(object));
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
        return new Settings(interpreter, target, yes, shapes);
    }
}
