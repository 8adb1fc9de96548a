package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.TransferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;

/**
 * SQL for MariaDB in which nothing stands that Sling would split at, take for a quote or a
 * placeholder, and nothing that depends on the server's {@code sql_mode}.
 */
final class MySqlText {
    private static final int LONGEST_NAME = 64;

    /**
     * Bytes. Sling repeats a statement that failed and then says why; where its reader is slow it
     * ends after a pipe's 64 KiB, and the reason is lost.
     */
    private static final int LONG = 10_000;

    private MySqlText() {}

    /** A text literal. */
    static String literal(String value) {
        return "_utf8mb4 x'" + hex(value) + "'";
    }

    /** An identifier. */
    static String name(String value) {
        return "`" + value.replace("`", "``") + "`";
    }

    static String names(Collection<String> values) {
        return values.stream().map(MySqlText::name).collect(Collectors.joining(", "));
    }

    static String table(String schema, String identifier) {
        return name(schema) + "." + name(identifier);
    }

    static String table(Relation relation) {
        return table(relation.schema(), relation.identifier());
    }

    /**
     * Statements as a single one, which the server takes whole: sent one by one, those after an
     * error would still be done, a commit among them.
     */
    static String together(Collection<String> statements) {
        byte[] block =
                statements.stream()
                        .collect(Collectors.joining(";\n", "begin not atomic\n", ";\nend"))
                        .getBytes(StandardCharsets.UTF_8);
        return block.length < LONG
                ? "execute immediate x'" + HexFormat.of().formatHex(block) + "'"
                : "execute immediate uncompress(x'"
                        + HexFormat.of().formatHex(compressed(block))
                        + "')";
    }

    /** As the server's {@code compress} does it: the length, then what zlib makes of it. */
    private static byte[] compressed(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(text.length >> shift);
        }
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
            zlib.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has none
        }
        return out.toByteArray();
    }

    /** The same; the last gives a row. Sling looks for the word in the comment. */
    static String asking(Collection<String> statements) {
        return "/* select */ " + together(statements);
    }

    private static String hex(String value) {
        return HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses names that MariaDB has no place for. */
    static void check(Relation relation, List<Column> columns) throws TransferException {
        Names.check(relation, columns, Integer.MAX_VALUE, "MariaDB");
        check("The name", relation.identifier(), relation);
        check("The schema", relation.schema(), relation);
        for (Column column : columns) {
            check("The column", column.name(), relation);
        }
    }

    private static void check(String what, String name, Relation relation)
            throws TransferException {
        int length = name.codePointCount(0, name.length());
        String wrong =
                length > LONGEST_NAME
                        ? "is " + length + " characters long; MariaDB takes " + LONGEST_NAME
                        : name.endsWith(" ")
                                ? "ends with a space, which MariaDB does not take"
                                : name.codePoints().anyMatch(c -> c > 0xFFFF || c == 0)
                                        ? "has a character that MariaDB takes in no name"
                                        : "";
        Names.refuse(what, name, relation, wrong, "rename it before it is loaded");
    }
}
