package dev.dvtls.run.transfer;

import com.google.gson.Gson;
import dev.dvtls.run.Connection;
import dev.dvtls.run.Transfers.TransferException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table {@code connections.json}: how a profile's output becomes a connection of
 * Sling's.
 *
 * @param sling Sling's name of the type
 * @param fields Sling's property to the profile's names for it, the first that is set counts
 * @param values of a property that Sling has another word for
 * @param cases what the value of a field means, in order
 * @param urls properties that are URLs
 * @param ignored fields that sound as if they mattered, and do not
 * @param required Sling's properties without which there is no connection
 * @param path Sling's properties that are files, relative to the project
 */
record ConnectionKind(
        String sling,
        Map<String, List<String>> fields,
        Map<String, Object> defaults,
        @Nullable Map<String, Map<String, Object>> values,
        @Nullable List<Case> cases,
        @Nullable List<Url> urls,
        @Nullable List<String> ignored,
        List<String> required,
        List<String> path) {
    /**
     * @param values properties by the value of the field, in small letters; {@code ""}: it is not
     *     set, {@code *}: any other; a value that is not here is refused. A field's name in braces
     *     is its value
     */
    record Case(String field, Map<String, Map<String, String>> values) {}

    /**
     * A URL that Sling would put together wrongly, or without some of the properties.
     *
     * @param when made when one of these properties is there
     * @param with and this one too, where it is named; of two for one property the later counts
     * @param base with properties in braces, which are encoded
     * @param query parameters, each a property, those that are there
     */
    record Url(
            String property,
            List<String> when,
            @Nullable String with,
            String base,
            List<String> query) {}

    /** A connection without such a field would be another one than was asked for. */
    private static final Pattern MATTERS =
            Pattern.compile(
                    "(^|_)(ssl.*|tls|certs?|certificate|ca|verify|encrypt(ion)?|insecure|secure|auth"
                        + "|authenticator|authentication|auth_type|method|key|keyfile|tokens?"
                        + "|secrets?|credentials?|kerberos|keytab|sasl|oauth|iam|impersonate"
                        + "|role|ssh|tunnel|proxy|login|tns)(_|$)",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");
    private static final String ANY = "*";

    /** All but the URLs. */
    Map<String, Object> properties(Connection connection) throws TransferException {
        refuseUnknown(connection);
        refuseNoPort(connection);
        Map<String, Object> properties = new LinkedHashMap<>(defaults);
        fields.forEach(
                (property, names) ->
                        first(connection.fields(), names)
                                .ifPresent(value -> properties.put(property, plain(value))));
        some(values)
                .forEach(
                        (property, words) ->
                                properties.computeIfPresent(
                                        property,
                                        (key, value) ->
                                                words.getOrDefault(value.toString(), value)));
        for (Case one : some(cases)) {
            for (Map.Entry<String, String> meant : meant(one, connection).entrySet()) {
                String value = filled(meant.getValue(), connection);
                if (value.isEmpty()) {
                    properties.remove(meant.getKey());
                } else {
                    properties.put(meant.getKey(), value);
                }
            }
        }
        return properties;
    }

    /** Adds the URLs. */
    void derive(Map<String, Object> properties) {
        for (Url url : some(urls)) {
            if (url.when().stream().anyMatch(properties::containsKey)
                    && (url.with() == null || properties.containsKey(url.with()))) {
                properties.put(url.property(), url(url, properties));
            }
        }
    }

    private static String url(Url url, Map<String, Object> properties) {
        List<String> query = new ArrayList<>();
        for (String parameter : url.query()) {
            Object value = properties.get(parameter);
            if (value != null) {
                query.add(parameter + "=" + encoded(value.toString()));
            }
        }
        String base =
                filled(url.base(), name -> encoded(Objects.toString(properties.get(name), "")));
        return query.isEmpty() ? base : base + "?" + String.join("&", query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String filled(String template, Function<String, String> value) {
        Matcher hole = HOLE.matcher(template);
        return hole.replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
    }

    private static String filled(String template, Connection connection) throws TransferException {
        List<String> missing =
                HOLE.matcher(template)
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> first(connection.fields(), List.of(name)).isEmpty())
                        .toList();
        if (!missing.isEmpty()) {
            throw missing(connection, missing.get(0));
        }
        return filled(template, name -> Objects.toString(connection.fields().get(name), ""));
    }

    static TransferException missing(Connection connection, String field) {
        return new TransferException(
                named(connection)
                        + " has no `"
                        + field
                        + "`; add it to that output in profiles.yml.");
    }

    private static String named(Connection connection) {
        return "The connection '" + connection.name() + "' (" + connection.type() + ")";
    }

    private static Map<String, String> meant(Case one, Connection connection)
            throws TransferException {
        Object written = connection.fields().get(one.field());
        String value = Objects.toString(written, "").strip().toLowerCase(Locale.ROOT);
        Map<String, String> meant = one.values().getOrDefault(value, one.values().get(ANY));
        if (meant == null) {
            throw new TransferException(
                    named(connection)
                            + " has `"
                            + one.field()
                            + ": "
                            + written
                            + "`, which Sling does not know; it can be "
                            + String.join(
                                    ", ",
                                    one.values().keySet().stream()
                                            .map(v -> v.isEmpty() ? "left out" : v)
                                            .toList())
                            + ".");
        }
        return meant;
    }

    /** What would be lost in silence, and matters. */
    private void refuseUnknown(Connection connection) throws TransferException {
        List<String> known =
                Stream.of(
                                fields.values().stream().flatMap(Collection::stream),
                                some(cases).stream().map(Case::field),
                                some(cases).stream()
                                        .flatMap(one -> one.values().values().stream())
                                        .flatMap(meant -> meant.values().stream())
                                        .flatMap(text -> HOLE.matcher(text).results())
                                        .map(found -> found.group(1)),
                                some(ignored).stream())
                        .flatMap(names -> names)
                        .toList();
        for (Map.Entry<String, Object> field : connection.fields().entrySet()) {
            String value = Objects.toString(field.getValue(), "");
            if (MATTERS.matcher(field.getKey()).find()
                    && !known.contains(field.getKey())
                    && !value.isEmpty()
                    && !value.equalsIgnoreCase("false")) {
                throw new TransferException(
                        "The field `"
                                + field.getKey()
                                + "` of the connection '"
                                + connection.name()
                                + "' ("
                                + connection.type()
                                + ") cannot be handed to Sling, and without it the connection"
                                + " would be another one. Remove it, or write Sling's own"
                                + " property below `sling:` in that output of profiles.yml.");
            }
        }
    }

    /** What a driver says of it names a URL, and no output. */
    private void refuseNoPort(Connection connection) throws TransferException {
        for (String field : fields.getOrDefault("port", List.of())) {
            Object port = connection.fields().get(field);
            String text = Objects.toString(port, "").strip();
            if (!text.isEmpty() && !(text.matches("\\d{1,5}") && isPort(Integer.parseInt(text)))) {
                throw new TransferException(
                        named(connection)
                                + " has `"
                                + field
                                + ": "
                                + port
                                + "`, which is no port: a number from 1 to 65535. Correct it in"
                                + " that output in profiles.yml.");
            }
        }
    }

    private static boolean isPort(int number) {
        return number > 0 && number < 65_536;
    }

    private static Optional<Object> first(Map<String, Object> fields, List<String> names) {
        return names.stream()
                .map(name -> at(fields, name))
                .filter(Objects::nonNull)
                .filter(value -> !value.toString().isEmpty())
                .findFirst();
    }

    /** The value of a field; a dot leads into a map. */
    private static @Nullable Object at(Map<String, Object> fields, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? fields.get(name)
                : fields.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                        ? inner.get(name.substring(dot + 1))
                        : null;
    }

    /** Sling's properties are plain values: a key that YAML wrote as a map is JSON text there. */
    private static Object plain(Object value) {
        return value instanceof Map<?, ?> || value instanceof Collection<?>
                ? new Gson().toJson(value)
                : value;
    }

    private static <T> List<T> some(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <V> Map<String, V> some(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
