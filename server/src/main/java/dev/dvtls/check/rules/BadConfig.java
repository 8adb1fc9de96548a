package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModel.WrongCall;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code dbt.config()} calls that fail, and values of a type that the key does not take. */
final class BadConfig implements Rule {
    private static final Map<String, String> TYPES =
            Map.of(
                    "tags", "a string or a list of strings",
                    "unique_key", "a string or a list of strings",
                    "enabled", "True or False",
                    "allow_empty", "True or False",
                    "timeout", "a number of seconds above 0",
                    "schema", "a string",
                    "alias", "a string",
                    "meta", "a dict");

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (PythonModel python : file.python()) {
            for (WrongCall wrong : python.wrongCalls()) {
                found.accept(
                        Finding.of(file, Code.BAD_CONFIG, wrong.span(), wrong.message()).problem());
            }
            for (ConfigEntry entry : file.model().config()) {
                entry.value()
                        .filter(v -> !fits(entry.key(), v))
                        .ifPresent(v -> found.accept(type(file, entry).problem()));
            }
        }
    }

    private static boolean fits(String key, Object value) {
        return switch (key) {
            case "tags", "unique_key" ->
                    value instanceof String
                            || (value instanceof List<?> list
                                    && list.stream().allMatch(String.class::isInstance));
            case "enabled", "allow_empty" -> value instanceof Boolean;
            case "timeout" -> value instanceof Number number && number.doubleValue() > 0;
            case "schema", "alias" -> value instanceof String;
            case "meta" -> value instanceof Map;
            default -> true;
        };
    }

    private static Finding type(CheckedFile file, ConfigEntry entry) {
        return Finding.of(
                        file,
                        Code.BAD_CONFIG,
                        entry.valueSpan(),
                        "The config '"
                                + entry.key()
                                + "' takes "
                                + TYPES.getOrDefault(entry.key(), "another type")
                                + ", not "
                                + shortened(entry.valueSpan().of(file.text()))
                                + ".")
                .help("Change the value of '" + entry.key() + "'.");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 37) + "...";
    }
}
