package dev.dvtls.assist.docs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.project.YamlNull;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Values of a project on their way to a page that others read: what looks like a credential stays
 * behind.
 *
 * @param hide takes the secrets that are known out of a text
 */
record Scrub(UnaryOperator<String> hide) {
    private static final String HIDDEN = "***";

    /** Whole words of a key: {@code unique_key} and {@code token_count} of a config are none. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)(^|[_\\-. ])(pass|password|passwd|passphrase|pwd|secret|token|credentials?"
                            + "|dsn|(api|access|private|secret|auth|encryption|signing)[_\\-]?key"
                            + "|connection[_\\-]string)$");

    String text(String text) {
        return hide.apply(text);
    }

    /** Plain values, as YAML gives them. */
    JsonElement json(Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach(
                    (key, item) ->
                            object.add(
                                    String.valueOf(key),
                                    isSecret(String.valueOf(key)) && !(item instanceof Boolean)
                                            ? new JsonPrimitive(HIDDEN)
                                            : json(item)));
            return object;
        } else if (value instanceof Collection<?> items) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(json(item)));
            return array;
        } else if (value instanceof Boolean yes) {
            return new JsonPrimitive(yes);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            return new JsonPrimitive(number.toString());
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return value == YamlNull.NULL
                ? JsonNull.INSTANCE
                : new JsonPrimitive(text(value.toString()));
    }

    private static boolean isSecret(String key) {
        return SECRET.matcher(key).find();
    }
}
