package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The query over a base file and its deltas. Pure. */
final class ViewSql {
    private ViewSql() {}

    static String of(List<Part> parts, List<String> keys) {
        // Runs of files with no upsert after their first are read in one scan.
        List<List<Part>> layers = new ArrayList<>();
        for (Part part : parts) {
            if (layers.isEmpty() || part.kind() == Part.Kind.UPSERT) {
                layers.add(new ArrayList<>());
            }
            layers.get(layers.size() - 1).add(part);
        }
        if (layers.size() == 1) {
            return "select * from " + scan(layers.get(0));
        }
        String using = keys.stream().map(ViewSql::identifier).collect(Collectors.joining(", "));
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String rows = "select * from " + scan(layers.get(i)) + " as l" + i;
            List<Part> later =
                    layers.subList(i + 1, layers.size()).stream()
                            .map(layer -> layer.get(0)) // only an upsert file replaces
                            .toList();
            pieces.add(
                    later.isEmpty()
                            ? rows
                            : rows
                                    + " anti join (select "
                                    + using
                                    + " from "
                                    + scan(later)
                                    + ") as later using ("
                                    + using
                                    + ")");
        }
        return pieces.stream()
                .map(piece -> "(" + piece + ")")
                .collect(Collectors.joining(" union all by name "));
    }

    private static String scan(List<Part> files) {
        return "read_parquet(["
                + files.stream().map(part -> literal(part.file())).collect(Collectors.joining(", "))
                + "], union_by_name = true, hive_partitioning = false)";
    }

    /** A path as DuckDB reads it: quotes doubled, and what it would take for a glob escaped. */
    static String literal(Path file) {
        String path = file.toString().replace('\\', '/');
        return "'" + path.replaceAll("([\\[*?])", "[$1]").replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
