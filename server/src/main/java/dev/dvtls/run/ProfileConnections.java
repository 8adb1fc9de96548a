package dev.dvtls.run;

import dev.dvtls.project.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The outputs of a profile, rendered when they are first needed: one that names a variable which is
 * not set must not stop a run that does not use it. Thread-safe.
 */
final class ProfileConnections implements RunConnections {
    /** Renders {@code {{ env_var() }}} and the like. */
    interface Renderer {
        /**
         * @param templates by any key
         * @return the texts by the same keys
         */
        Map<String, String> render(Map<String, String> templates)
                throws ModelFailure, InterruptedException;
    }

    private final Profile profile;
    private final Renderer renderer;
    private final Map<String, Connection> rendered = new HashMap<>();
    private final List<Secrets> environment;
    private volatile Redaction redaction;

    /**
     * @param variables of the environment: some hold secrets
     */
    ProfileConnections(Profile profile, Renderer renderer, Map<String, String> variables) {
        this.profile = profile;
        this.renderer = renderer;
        this.environment =
                Stream.concat(
                                Stream.of(Secrets.ofEnvironment(variables)),
                                profile.outputs().values().stream()
                                        .map(o -> Secrets.ofVariables(o.fields(), variables)))
                        .toList();
        this.redaction = Redaction.of(known(), environment);
    }

    /** The default output's name, which may be a template too. */
    String defaultTarget() throws ModelFailure, InterruptedException {
        return isTemplate(profile.target())
                ? renderer.render(Map.of("target", profile.target()))
                        .getOrDefault("target", profile.target())
                : profile.target();
    }

    @Override
    public synchronized Connection get(String output) throws ModelFailure, InterruptedException {
        Connection known = rendered.get(output);
        if (known != null) {
            return known;
        }
        Profile.Output written = profile.outputs().get(output);
        if (written == null) {
            throw ModelFailure.of("unknown-connection", unknown(profile, output));
        }
        Connection connection = render(written);
        rendered.put(output, connection);
        redaction = Redaction.of(known(), environment);
        return connection;
    }

    /** Says that there is no such output, and which there are. */
    static String unknown(Profile profile, String output) {
        return "Profile '"
                + profile.name()
                + "' in "
                + profile.file()
                + " has no output '"
                + output
                + "'; it has "
                + String.join(", ", new TreeSet<>(profile.outputs().keySet()))
                + ".";
    }

    /** Every output: rendered where it was used, else as it is written. */
    private List<Connection> known() {
        return profile.outputs().values().stream()
                .map(
                        o ->
                                rendered.getOrDefault(
                                        o.name(), new Connection(o.name(), o.type(), o.fields())))
                .toList();
    }

    /** Hides the credentials of every output, and the secrets of the environment. */
    Redaction redaction() {
        return redaction;
    }

    private Connection render(Profile.Output output) throws ModelFailure, InterruptedException {
        Map<String, String> templates = new LinkedHashMap<>();
        collect("", output.fields(), templates);
        Map<String, String> texts;
        try {
            texts = templates.isEmpty() ? Map.of() : renderer.render(templates);
        } catch (ModelFailure e) {
            throw ModelFailure.of(
                    e.failure().code(),
                    "Output '"
                            + output.name()
                            + "' of "
                            + profile.file()
                            + " cannot be rendered: "
                            + e.getMessage());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        output.fields().forEach((key, value) -> fields.put(key, filled("/" + key, value, texts)));
        String type = String.valueOf(fields.getOrDefault("type", output.type()));
        return new Connection(output.name(), type, fields);
    }

    private static void collect(String path, Object value, Map<String, String> templates) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> collect(path + "/" + key, orEmpty(item), templates));
        } else if (value instanceof Collection<?> items) {
            int i = 0;
            for (Object item : items) {
                collect(path + "/" + i++, orEmpty(item), templates);
            }
        } else if (value instanceof String text && isTemplate(text)) {
            templates.put(path, text);
        }
    }

    private static Object filled(String path, Object value, Map<String, String> texts) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> filled = new LinkedHashMap<>();
            map.forEach(
                    (key, item) ->
                            filled.put(
                                    String.valueOf(key),
                                    filled(path + "/" + key, orEmpty(item), texts)));
            return filled;
        }
        if (value instanceof Collection<?> items) {
            List<Object> filled = new ArrayList<>();
            int i = 0;
            for (Object item : items) {
                filled.add(filled(path + "/" + i++, orEmpty(item), texts));
            }
            return filled;
        }
        return texts.getOrDefault(path, value.toString()).equals(value.toString())
                ? value
                : texts.getOrDefault(path, "");
    }

    private static Object orEmpty(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? "" : value;
    }

    private static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%");
    }
}
