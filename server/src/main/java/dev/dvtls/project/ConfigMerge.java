package dev.dvtls.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How configs of several places become one: tags and hooks add up, meta merges, the rest wins. */
public final class ConfigMerge {
    private static final Set<String> ADDED = Set.of("tags", "pre-hook", "post-hook", "packages");
    private static final Set<String> MERGED = Set.of("meta", "docs", "grants", "persist_docs");

    private ConfigMerge() {}

    /**
     * @param inner the nearer one, which wins
     */
    public static Map<String, Object> merge(Map<String, Object> outer, Map<String, Object> inner) {
        if (inner.isEmpty()) {
            return outer;
        }
        Map<String, Object> merged = new LinkedHashMap<>(outer);
        inner.forEach(
                (written, value) -> {
                    String key = key(written);
                    Object before = merged.getOrDefault(key, YamlNull.NULL);
                    merged.put(key, merge(key, before, value));
                });
        return java.util.Collections.unmodifiableMap(merged);
    }

    private static Object merge(String key, Object outer, Object inner) {
        if (ADDED.contains(key)) {
            List<Object> all = new ArrayList<>(list(outer));
            all.addAll(list(inner));
            return key.equals("tags") ? List.copyOf(new LinkedHashSet<>(all)) : List.copyOf(all);
        }
        if (MERGED.contains(key) && outer instanceof Map<?, ?> a && inner instanceof Map<?, ?> b) {
            Map<Object, Object> both = new LinkedHashMap<>(a);
            both.putAll(b);
            return java.util.Collections.unmodifiableMap(both);
        }
        return inner;
    }

    /** dbt accepts {@code pre_hook} in Python and Jinja calls. */
    private static String key(String written) {
        return switch (written) {
            case "pre_hook" -> "pre-hook";
            case "post_hook" -> "post-hook";
            default -> written;
        };
    }

    /** A list as it is, nothing as none, anything else as one. */
    public static List<Object> list(Object value) {
        if (value instanceof List<?> items) {
            return List.copyOf(items);
        }
        return value == YamlNull.NULL ? List.of() : List.of(value);
    }
}
