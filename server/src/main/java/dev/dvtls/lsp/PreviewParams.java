package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.dvtls.cache.FrameReader;
import dev.dvtls.cache.FrameView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client says in a request about a preview; docs/lsp-extensions.md has the shapes. What is
 * not right is an {@link IllegalArgumentException} that names it.
 */
final class PreviewParams {
    /** Rows of one page: a client that wants more asks again. */
    private static final int MOST_ROWS = 10_000;

    private PreviewParams() {}

    static Optional<Path> place(JsonObject params) {
        return text(params, "projectDir")
                .map(folder -> Path.of(folder).resolve("any"))
                .or(() -> text(params, "uri").flatMap(Uris::path));
    }

    static String preview(JsonObject params) {
        return needed(params, "preview");
    }

    static Path file(JsonObject params) {
        String uri = needed(params, "file");
        return Uris.path(uri)
                .orElseThrow(() -> new IllegalArgumentException("file is no file: URI: " + uri));
    }

    static FrameReader.Format format(JsonObject params) {
        String wanted = needed(params, "format");
        return Arrays.stream(FrameReader.Format.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "format is csv, json or parquet, not " + wanted));
    }

    static FrameReader.Part part(JsonObject params) {
        List<String> columns = new ArrayList<>();
        items(params, "columns").forEach(item -> columns.add(item.getAsString()));
        return new FrameReader.Part(
                view(params),
                Math.max(0, number(params, "offset", 0)),
                (int) Math.max(0, Math.min(MOST_ROWS, number(params, "limit", 100))),
                columns,
                (int) Math.min(Integer.MAX_VALUE / 2, Math.max(0, number(params, "longest", 0))));
    }

    static FrameView view(JsonObject params) {
        List<FrameView.Order> order = new ArrayList<>();
        for (JsonElement item : items(params, "orderBy")) {
            JsonObject one = object(item);
            order.add(
                    new FrameView.Order(
                            needed(one, "column"),
                            one.get("descending") instanceof JsonPrimitive p && p.getAsBoolean()));
        }
        List<FrameView.Filter> filter = new ArrayList<>();
        for (JsonElement item : items(params, "filter")) {
            JsonObject one = object(item);
            filter.add(
                    new FrameView.Filter(
                            needed(one, "column"),
                            op(needed(one, "op")),
                            text(one, "value").orElse("")));
        }
        return new FrameView(List.copyOf(order), List.copyOf(filter));
    }

    private static FrameView.Op op(String word) {
        return Arrays.stream(FrameView.Op.values())
                .filter(op -> op.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "op is one of "
                                                + Arrays.stream(FrameView.Op.values())
                                                        .map(FrameView.Op::word)
                                                        .toList()
                                                + ", not "
                                                + word));
    }

    private static List<JsonElement> items(JsonObject params, String key) {
        return params.get(key) instanceof JsonArray array ? array.asList() : List.of();
    }

    private static JsonObject object(JsonElement item) {
        if (item instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("an object is wanted, not " + item);
    }

    private static String needed(JsonObject object, String key) {
        return text(object, key)
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static Optional<String> text(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    private static long number(JsonObject object, String key, long otherwise) {
        return object.get(key) instanceof JsonPrimitive value ? value.getAsLong() : otherwise;
    }
}
