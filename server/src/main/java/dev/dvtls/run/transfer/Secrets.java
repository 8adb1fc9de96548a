package dev.dvtls.run.transfer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values of a connection that no message may show. */
final class Secrets {
    private static final Pattern SECRET =
            Pattern.compile(
                    "pass|pwd|secret|token|key|credential|private|url|dsn|account_id|http_headers");
    private static final int SHORT = 4;

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** Those of fields whose name says so; nested ones too. */
    static Secrets of(Map<String, Object> fields) {
        return new Secrets(
                values(fields, false)
                        .filter(value -> !value.isBlank())
                        .flatMap(Secrets::spellings)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    String hide(String text) {
        String result = text;
        for (String value : values) {
            result =
                    value.length() >= SHORT
                            ? result.replace(value, "***")
                            : result.replaceAll(
                                    "(?<![\\p{Alnum}_])"
                                            + Pattern.quote(value)
                                            + "(?![\\p{Alnum}_])",
                                    "***");
        }
        return result;
    }

    private static Stream<String> values(Object value, boolean secret) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .flatMap(
                            entry -> {
                                String key = entry.getKey().toString().toLowerCase(Locale.ROOT);
                                return values(
                                        entry.getValue(), secret || SECRET.matcher(key).find());
                            });
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(item -> values(item, secret));
        }
        return secret && !(value instanceof Boolean) ? Stream.of(value.toString()) : Stream.of();
    }

    /** As it is, in a URL, in JSON; each line of a key on its own. */
    private static Stream<String> spellings(String value) {
        return Stream.concat(
                Stream.of(
                        value,
                        URLEncoder.encode(value, StandardCharsets.UTF_8),
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
                        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")),
                value.lines().filter(line -> line.length() >= 2 * SHORT));
    }
}
