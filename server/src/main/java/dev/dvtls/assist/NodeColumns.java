package dev.dvtls.assist;

import dev.dvtls.manifest.KnownColumns;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.sql.SqlColumn;
import dev.dvtls.sql.SqlScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of nodes; of a SQL model of which nothing else is known, those that its text selects.
 * For one request; not thread-safe.
 */
final class NodeColumns {
    /** Texts that are read for one node: {@code select *} over {@code select *}. */
    private static final int DEEPEST = 8;

    private final Manifest manifest;
    private final KnownColumns known;
    private final Map<String, List<SqlColumn>> found = new HashMap<>();
    private int depth;

    NodeColumns(Manifest manifest, KnownColumns known) {
        this.manifest = manifest;
        this.known = known;
    }

    List<SqlColumn> of(Node node) {
        List<SqlColumn> before = found.get(node.uniqueId());
        if (before != null) {
            return before;
        }
        found.put(node.uniqueId(), List.of()); // a circle learns nothing
        List<Node.Column> columns = known.of(manifest, node).columns();
        List<SqlColumn> all =
                columns.isEmpty()
                        ? selected(node)
                        : columns.stream().map(column -> column(node, column)).toList();
        found.put(node.uniqueId(), all);
        return all;
    }

    private SqlColumn column(Node node, Node.Column column) {
        return new SqlColumn(
                column.name(),
                column.dataType().orElse(""),
                manifest.described(node.packageName(), column.description()),
                name(node));
    }

    private static String name(Node node) {
        return node.sourceName().map(source -> source + ".").orElse("") + node.name();
    }

    private List<SqlColumn> selected(Node node) {
        if (depth >= DEEPEST
                || node.kind() != Node.Kind.MODEL
                || !node.file().toString().endsWith(".sql")) {
            return List.of();
        }
        depth++;
        Optional<SqlText> text =
                manifest.file(node.file())
                        .map(ModelFile::text)
                        .flatMap(sql -> SqlInModel.of(manifest, sql, 0));
        List<SqlColumn> columns =
                text.map(
                                sql ->
                                        SqlScope.outputs(
                                                sql.sql(),
                                                (table, span) ->
                                                        Optional.ofNullable(
                                                                        sql.nodes()
                                                                                .get(span.start()))
                                                                .map(this::of)
                                                                .orElse(List.of())))
                        .orElse(List.of());
        depth--;
        return columns.stream()
                .map(c -> new SqlColumn(c.name(), c.type(), c.description(), name(node)))
                .toList();
    }
}
