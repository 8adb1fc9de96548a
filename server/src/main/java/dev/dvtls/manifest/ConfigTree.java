package dev.dvtls.manifest;

import dev.dvtls.project.ConfigMerge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code models:}, {@code seeds:} ... trees of a project file. */
final class ConfigTree {
    private ConfigTree() {}

    /**
     * The configs on the way from the root of a tree to a node, outer ones first, merged as dbt
     * does: a key with {@code +} is a config, one without is a config unless its value is a
     * mapping, which is a folder.
     */
    static Map<String, Object> at(Map<String, Object> tree, List<String> fqn) {
        Map<String, Object> config = configs(tree);
        Object level = tree;
        for (String part : fqn) {
            if (!(level instanceof Map<?, ?> map) || !(map.get(part) instanceof Map<?, ?> next)) {
                break;
            }
            config = ConfigMerge.merge(config, configs(next));
            level = next;
        }
        return config;
    }

    private static Map<String, Object> configs(Map<?, ?> level) {
        Map<String, Object> configs = new LinkedHashMap<>();
        level.forEach(
                (written, value) -> {
                    String key = String.valueOf(written);
                    if (key.startsWith("+")) {
                        configs.put(key.substring(1).strip(), value);
                    } else if (!(value instanceof Map)) {
                        configs.put(key, value);
                    }
                });
        return ConfigMerge.merge(Map.of(), configs);
    }
}
