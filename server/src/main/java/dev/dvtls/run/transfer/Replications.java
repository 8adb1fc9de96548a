package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sling's descriptions of what goes where, for the ways that rows are carried here. */
final class Replications {
    private Replications() {}

    /** A query of the connection into one CSV file. */
    static JsonObject toCsv(Path query, Path csv) {
        JsonObject options = csvOptions();
        options.addProperty("column_casing", "source");
        options.addProperty("file_max_rows", 0);
        options.addProperty("file_max_bytes", 0);
        JsonObject stream = new JsonObject();
        stream.addProperty("sql", "file://" + query);
        stream.addProperty("object", "file://" + csv);
        stream.addProperty("mode", "full-refresh");
        stream.add("target_options", options);
        return replication(Sling.connectionName(), "LOCAL", "rows", stream);
    }

    /**
     * One CSV file of text columns into a new table, then statements on the same connection.
     *
     * @param create the statement that makes the table
     * @param table quoted as Sling quotes it: it looks for that text in the statement
     * @param columns that carry, {@code c0} apart
     */
    static JsonObject fromCsv(Path csv, String create, String table, int columns, String after) {
        JsonObject options = new JsonObject();
        options.addProperty("column_casing", "source");
        options.addProperty("table_ddl", create);
        options.addProperty("post_sql", after);
        JsonObject types = new JsonObject();
        names(columns).forEach(name -> types.addProperty(name, "text"));
        JsonObject stream = new JsonObject();
        stream.addProperty("object", table);
        stream.addProperty("mode", "full-refresh");
        stream.add("columns", types);
        stream.add("source_options", csvOptions());
        stream.add("target_options", options);
        return replication("LOCAL", Sling.connectionName(), "file://" + csv, stream);
    }

    /** Columns of a staging table that are all of a type. */
    static String columns(int columns, String type) {
        return names(columns).stream()
                .map(name -> name + " " + type)
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static List<String> names(int columns) {
        return Stream.concat(
                        Stream.of(Carrier.FIRST),
                        IntStream.range(0, columns).mapToObj(Carrier::column))
                .toList();
    }

    private static JsonObject csvOptions() {
        JsonObject options = new JsonObject();
        options.addProperty("format", "csv");
        options.addProperty("header", true);
        return options;
    }

    static JsonObject replication(String source, String target, String name, JsonObject stream) {
        JsonObject streams = new JsonObject();
        streams.add(name, stream);
        JsonObject replication = new JsonObject();
        replication.addProperty("source", source);
        replication.addProperty("target", target);
        replication.add("streams", streams);
        return replication;
    }
}
