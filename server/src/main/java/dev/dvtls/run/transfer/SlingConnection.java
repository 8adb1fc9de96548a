package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection as Sling reads it from an environment variable: one JSON object, so that no
 * character of a password needs quoting.
 *
 * @param type Sling's name of the type
 * @param properties Sling's, {@code type} not among them
 */
public record SlingConnection(String type, Map<String, Object> properties) {
    /** In ASCII only: not every system has environment variables in UTF-8. */
    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", type);
        object.putAll(properties);
        StringBuilder out = new StringBuilder();
        new Gson()
                .toJson(object)
                .chars()
                .forEach(
                        c -> {
                            if (c < 128) {
                                out.append((char) c);
                            } else {
                                out.append(String.format("\\u%04x", c));
                            }
                        });
        return out.toString();
    }

    @Override
    public String toString() {
        return "SlingConnection[" + type + "]"; // properties hold passwords
    }
}
