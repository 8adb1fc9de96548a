package dev.dvtls.project;

/**
 * YAML's {@code null} among plain values: it overrides an outer config, where no value does not.
 */
public enum YamlNull {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
