package dev.dvtls.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Option;

/** {@code --vars}. A picocli mixin. */
public final class Vars {
    private static final String EXPECTED =
            "--vars takes a YAML mapping, like --vars '{day: 2026-01-31}'";

    @Option(
            names = "--vars",
            paramLabel = "YAML",
            description = "Variables for var(), a YAML mapping: '{day: 2026-01-31}'.")
    private Optional<String> vars = Optional.empty();

    /**
     * @throws CommandFailed when the text is no mapping
     */
    public Map<String, Object> values() {
        if (vars.isEmpty()) {
            return Map.of();
        }
        try {
            Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(vars.get());
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach(
                        (key, item) -> named.put(String.valueOf(key), item == null ? "" : item));
                return named;
            }
        } catch (YAMLException e) {
            throw CommandFailed.usage(
                    EXPECTED
                            + (e instanceof MarkedYAMLException marked
                                    ? "; this is none: " + marked.getProblem() + "."
                                    : "."));
        }
        throw CommandFailed.usage(EXPECTED + ".");
    }
}
