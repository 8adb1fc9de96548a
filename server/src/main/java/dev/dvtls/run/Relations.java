package dev.dvtls.run;

import dev.dvtls.manifest.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Where nodes land or live on a connection, by dbt's default naming. Pure. */
final class Relations {
    /** The fields that say which database a connection reaches; none of them is a secret. */
    private static final List<String> PLACE =
            List.of(
                    "host",
                    "port",
                    "path",
                    "file",
                    "database",
                    "dbname",
                    "account",
                    "warehouse",
                    "project",
                    "dataset",
                    "http_path",
                    "catalog",
                    "service",
                    "sid",
                    "server");

    private Relations() {}

    static Relation of(Node node, Connection connection) {
        Node.RelationName name = node.relation();
        String schema =
                node.kind() == Node.Kind.SOURCE
                        ? name.customSchema().orElse(connection.defaultSchema())
                        : name.customSchema()
                                .map(custom -> connection.defaultSchema() + "_" + custom)
                                .orElse(connection.defaultSchema());
        return new Relation(name.database(), schema, name.identifier());
    }

    /** The database of {@code this}: as dbt names it for each type. */
    static String database(Connection target) {
        for (String field : List.of("database", "dbname", "project", "catalog")) {
            Object value = target.fields().get(field);
            if (value != null) {
                return value.toString();
            }
        }
        Object path = target.fields().get("path");
        if (path == null) {
            return "";
        }
        String name = String.valueOf(Path.of(path.toString()).getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The session's name of what a node holds. */
    static String view(Node node) {
        if (node.kind() == Node.Kind.SOURCE) {
            return node.sourceName().orElse("") + "__" + node.name();
        }
        return "__model__" + node.name() + node.version().map(v -> "_v" + v).orElse("");
    }

    /** A word that changes when a relation moves to another place. Not reversible. */
    static String origin(Connection connection, Relation relation) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            StringBuilder text = new StringBuilder(connection.type());
            for (String field : PLACE) {
                text.append('\n')
                        .append(field)
                        .append('=')
                        .append(
                                Optional.ofNullable(connection.fields().get(field))
                                        .map(Object::toString)
                                        .orElse(""));
            }
            text.append('\n').append(relation.display());
            digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
