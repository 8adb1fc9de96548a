package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Column;
import dev.dvtls.run.Transfers.TransferException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Refuses the names that a target or Sling would cut, mistake or hang on. */
final class Names {
    private Names() {}

    /**
     * @param longest in bytes of UTF-8
     */
    static void check(Relation relation, List<Column> columns, int longest, String product)
            throws TransferException {
        check(
                "The name",
                relation.identifier(),
                relation,
                longest,
                product,
                "give it another `alias`");
        check("The schema", relation.schema(), relation, longest, product, "set another `schema`");
        for (Column column : columns) {
            check(
                    "The column",
                    column.name(),
                    relation,
                    longest,
                    product,
                    "rename it before the model returns");
        }
    }

    private static void check(
            String what, String name, Relation relation, int longest, String product, String advice)
            throws TransferException {
        refuse(what, name, relation, wrong(name, longest, product), advice);
    }

    /**
     * @param wrong what about the name; empty: nothing
     */
    static void refuse(String what, String name, Relation relation, String wrong, String advice)
            throws TransferException {
        if (!wrong.isEmpty()) {
            throw new TransferException(
                    what
                            + " '"
                            + name
                            + "' for "
                            + relation.display()
                            + " "
                            + wrong
                            + "; "
                            + advice
                            + ".");
        }
    }

    private static String wrong(String name, int longest, String product) {
        if (name.isBlank()) {
            return "is empty";
        }
        if (name.indexOf('.') >= 0) {
            return "has a dot, which cannot be loaded";
        }
        if (name.indexOf('"') >= 0) {
            return "has a double quote, which cannot be loaded";
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        return length > longest
                ? "is " + length + " bytes long; " + product + " takes " + longest
                : "";
    }
}
