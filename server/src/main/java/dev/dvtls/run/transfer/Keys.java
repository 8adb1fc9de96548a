package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import java.util.List;

/** Sentences about the {@code unique_key} of a query's rows, filled in by the database. */
final class Keys {
    /** Stands for the number of rows. */
    static final char COUNT = 1;

    /** Stands for the key that they have. */
    static final char EXAMPLE = 2;

    private Keys() {}

    static String missing(String key) {
        return "The result has no column '" + key + "', which `unique_key` names.";
    }

    static String isNull(Relation relation, String key) {
        return "The column '"
                + key
                + "' for "
                + relation.display()
                + " is a `unique_key` and is NULL in "
                + COUNT
                + " of the query's rows; nothing was loaded. Leave them out in the model.";
    }

    static String twice(Relation relation, List<String> keys) {
        return "The query for "
                + relation.display()
                + " gives "
                + COUNT
                + " rows with one `unique_key`"
                + (keys.size() == 1 ? "" : " (" + String.join(", ", keys) + ")")
                + ": "
                + EXAMPLE
                + "; nothing was loaded. Keep one of them in the model, for example with"
                + " row_number().";
    }
}
