package dev.dvtls.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that no message, event or log may show. */
public final class Secrets {
    private static final Pattern SECRET =
            Pattern.compile(
                    "pass|pwd|secret|token|key|credential|private|url|dsn|connection_string"
                            + "|account_id|http_headers");

    /** Whole words of a variable's name: {@code KEYBOARD} and {@code MONKEY_ID} are none. */
    private static final Pattern SECRET_VARIABLE =
            Pattern.compile(
                    "(^|_)(KEY|APIKEY|TOKEN|SECRET|PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIALS?"
                            + "|AUTH|DSN|PAT)(_|$)");

    /** Where something lies is no secret, nor is a switch. */
    private static final Pattern PLAIN_VARIABLE =
            Pattern.compile(
                    "_(FILE|PATH|DIR|HOME|SOCK|ID|NAME|USER|HOST|PORT|TYPE|METHOD|MODE|URL|URI)$"
                            + "|^(OLD)?PWD$|^GPG_KEY$");

    private static final Pattern IN_URL = Pattern.compile("://[^/\\s:@]*:([^/\\s@]+)@");

    private static final Pattern VARIABLE = Pattern.compile("env_var\\(\\s*['\"]([^'\"]+)['\"]");

    private static final int SHORT = 4;
    private static final int SHORT_VARIABLE = 6;

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** Those of a connection's fields whose name says so; nested ones too. */
    public static Secrets of(Map<String, Object> fields) {
        return new Secrets(spelled(values(fields, false).filter(value -> !value.contains("{{"))));
    }

    /**
     * Of environment variables: values of those whose name looks secret ({@code STRIPE_API_KEY}),
     * and passwords inside URLs. Shorter ones than six characters are taken for settings.
     */
    public static Secrets ofEnvironment(Map<String, String> variables) {
        Stream<String> named =
                variables.entrySet().stream()
                        .filter(variable -> isSecret(variable.getKey()))
                        .map(Map.Entry::getValue);
        Stream<String> inside =
                variables.values().stream()
                        .flatMap(value -> IN_URL.matcher(value).results())
                        .map(found -> found.group(1));
        return new Secrets(
                spelled(
                        Stream.concat(named, inside)
                                .map(String::strip)
                                .filter(value -> value.length() >= SHORT_VARIABLE)));
    }

    /** Of variables that a connection's secret fields are made from, whatever their names. */
    static Secrets ofVariables(Map<String, Object> fields, Map<String, String> variables) {
        return new Secrets(
                spelled(
                        values(fields, false)
                                .flatMap(value -> VARIABLE.matcher(value).results())
                                .map(found -> variables.getOrDefault(found.group(1), ""))));
    }

    private static boolean isSecret(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return SECRET_VARIABLE.matcher(name).find() && !PLAIN_VARIABLE.matcher(name).find();
    }

    /** All of these together, without those so short that hiding them would spoil plain text. */
    public static Secrets forEvents(Collection<Secrets> all) {
        return new Secrets(
                longestFirst(
                        all.stream()
                                .flatMap(secrets -> secrets.values.stream())
                                .filter(value -> value.length() >= SHORT)));
    }

    private static List<String> spelled(Stream<String> values) {
        return longestFirst(values.filter(v -> !v.isBlank()).flatMap(Secrets::spellings));
    }

    private static List<String> longestFirst(Stream<String> values) {
        return values.distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The text with {@code ***} in the place of each. */
    public String hide(String text) {
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

    /** As it is, in a URL, in JSON, as Python shows a text; each line of a key on its own. */
    private static Stream<String> spellings(String value) {
        return Stream.concat(
                Stream.of(
                        value,
                        URLEncoder.encode(value, StandardCharsets.UTF_8),
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
                        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"),
                        value.replace("\\", "\\\\").replace("\n", "\\n"),
                        value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n"),
                        ascii(value)),
                value.lines().filter(line -> line.length() >= 2 * SHORT));
    }

    /** As Python's JSON has it. */
    private static String ascii(String value) {
        StringBuilder text = new StringBuilder();
        for (char c : value.replace("\\", "\\\\").replace("\"", "\\\"").toCharArray()) {
            text.append(
                    c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return text.toString();
    }
}
