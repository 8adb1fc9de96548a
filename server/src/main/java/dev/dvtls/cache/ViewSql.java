package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Column;
import dev.dvtls.cache.CachedRelation.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The query over a base file and its deltas. Pure. */
final class ViewSql {
    private ViewSql() {}

    /**
     * @param parts in order; the first may be of any kind
     * @param columns what the query gives: absent ones are NULL, narrower ones are cast
     */
    static String of(List<Part> parts, List<String> keys, List<Column> columns) {
        List<List<Part>> layers = layers(parts);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String rows = "select " + items(layers.get(i).get(0), columns) + scan(layers.get(i));
            List<Part> later =
                    layers.subList(i + 1, layers.size()).stream()
                            .map(layer -> layer.get(0)) // only an upsert file replaces
                            .filter(part -> part.kind() == Part.Kind.UPSERT)
                            .toList();
            pieces.add(later.isEmpty() ? rows : without(rows, later, keys, columns));
        }
        return pieces.size() == 1
                ? pieces.get(0)
                : pieces.stream()
                        .map(piece -> "(" + piece + ")")
                        .collect(Collectors.joining(" union all "));
    }

    /** Runs of files with the same columns and no upsert after their first are read in one scan. */
    private static List<List<Part>> layers(List<Part> parts) {
        List<List<Part>> layers = new ArrayList<>();
        for (Part part : parts) {
            List<Part> last = layers.isEmpty() ? List.of() : layers.get(layers.size() - 1);
            if (last.isEmpty()
                    || part.kind() == Part.Kind.UPSERT
                    || !part.columns().equals(last.get(0).columns())) {
                last = new ArrayList<>();
                layers.add(last);
            }
            last.add(part);
        }
        return layers;
    }

    private static String without(
            String rows, List<Part> later, List<String> keys, List<Column> columns) {
        Map<String, Column> types = Columns.byName(columns);
        List<Column> of =
                keys.stream()
                        .map(key -> types.getOrDefault(Columns.fold(key), new Column(key, "")))
                        .toList();
        List<String> replaced = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= later.size(); i++) { // files of the same columns in one scan
            if (i == later.size() || !later.get(i).columns().equals(later.get(from).columns())) {
                replaced.add("select " + items(later.get(from), of) + scan(later.subList(from, i)));
                from = i;
            }
        }
        String using = keys.stream().map(ViewSql::identifier).collect(Collectors.joining(", "));
        return "select * from ("
                + rows
                + ") as earlier anti join ("
                + String.join(" union all ", replaced)
                + ") as later using ("
                + using
                + ")";
    }

    /** The columns wanted, out of a file's own. */
    private static String items(Part part, List<Column> wanted) {
        if (part.columns().equals(wanted)) {
            return "*";
        }
        Map<String, Column> own = Columns.byName(part.columns());
        List<String> items = new ArrayList<>();
        for (Column column : wanted) {
            Column there = own.get(Columns.fold(column.name()));
            String name = identifier(column.name());
            if (there == null) {
                items.add("cast(null as " + column.type() + ") as " + name);
            } else if (there.type().equals(column.type())) {
                items.add(identifier(there.name()) + " as " + name);
            } else {
                String from = identifier(there.name());
                items.add("cast(" + from + " as " + column.type() + ") as " + name);
            }
        }
        return String.join(", ", items);
    }

    private static String scan(List<Part> files) {
        return " from read_parquet(["
                + files.stream().map(part -> literal(part.file())).collect(Collectors.joining(", "))
                + "], hive_partitioning = false)";
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
