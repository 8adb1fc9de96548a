package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.Mode;
import dev.dvtls.run.Transfers.TransferException;
import java.util.Collection;
import java.util.List;

/** Refusals: what stands where a table is to be, and what reads it. */
final class InTheWay {
    private InTheWay() {}

    /** A view gives way to a table that is built anew, where nothing reads it. */
    static void refuseView(Relation relation, Mode mode, Collection<String> readers)
            throws TransferException {
        if (mode != Mode.REPLACE) {
            throw new TransferException(
                    relation.display()
                            + " is a view, not a table; nothing was loaded. Run with --full-refresh"
                            + " to replace it, or give the model another `alias`.");
        }
        refuseRead(relation, "view", readers);
    }

    /**
     * @param kind what it is, in a word
     */
    static void refuseRead(Relation relation, String kind, Collection<String> readers)
            throws TransferException {
        if (!readers.isEmpty()) {
            throw new TransferException(
                    relation.display()
                            + " is a "
                            + kind
                            + " that "
                            + String.join(", ", readers)
                            + " reads; nothing was loaded. Drop that first, or give the model"
                            + " another `alias`.");
        }
    }

    /**
     * @param changes what becomes of columns, for the user
     */
    static TransferException columnsRead(
            Relation relation, List<String> changes, Collection<String> readers) {
        return new TransferException(
                "The columns of "
                        + relation.display()
                        + " changed ("
                        + String.join(", ", changes)
                        + ") and "
                        + String.join(", ", readers)
                        + " reads it; nothing was loaded. Drop that view first, or keep the"
                        + " columns.");
    }
}
