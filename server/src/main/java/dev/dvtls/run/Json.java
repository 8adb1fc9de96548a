package dev.dvtls.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.project.YamlNull;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plain values (as YAML gives them) to JSON, and careful reading of what another program wrote. */
final class Json {
    private Json() {}

    static JsonElement of(@org.jspecify.annotations.Nullable Object value) {
        if (value == null || value == YamlNull.NULL) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Json::of).orElse(JsonNull.INSTANCE);
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, item) -> object.add(String.valueOf(key), of(item)));
            return object;
        }
        if (value instanceof Collection<?> items) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return new JsonPrimitive(number.toString());
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return new JsonPrimitive(value.toString());
    }

    /** As YAML gives it: Map, List, String, Boolean, Long, Double; null is left out. */
    static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> plain = new LinkedHashMap<>();
        object.asMap().forEach((key, value) -> plain(value).ifPresent(v -> plain.put(key, v)));
        return java.util.Collections.unmodifiableMap(plain);
    }

    private static Optional<Object> plain(JsonElement value) {
        if (value instanceof JsonObject object) {
            return Optional.of(plain(object));
        } else if (value instanceof JsonArray array) {
            return Optional.of(array.asList().stream().flatMap(i -> plain(i).stream()).toList());
        } else if (value instanceof JsonPrimitive scalar) {
            return Optional.of(
                    scalar.isBoolean()
                            ? scalar.getAsBoolean()
                            : scalar.isString() ? scalar.getAsString() : number(scalar));
        }
        return Optional.empty();
    }

    private static Object number(JsonPrimitive scalar) {
        return scalar.getAsString().matches("-?\\d{1,18}")
                ? (Object) scalar.getAsLong()
                : (Object) scalar.getAsDouble();
    }

    static Optional<String> text(JsonObject object, String key) {
        JsonElement element = object.get(key);
        return element == null || !element.isJsonPrimitive()
                ? Optional.empty()
                : Optional.of(element.getAsString());
    }

    static long number(JsonObject object, String key) {
        JsonElement element = object.get(key);
        return element instanceof JsonPrimitive p && p.isNumber() ? p.getAsLong() : 0;
    }

    static List<JsonElement> items(JsonObject object, String key) {
        JsonElement element = object.get(key);
        return element instanceof JsonArray array ? array.asList() : List.of();
    }
}
