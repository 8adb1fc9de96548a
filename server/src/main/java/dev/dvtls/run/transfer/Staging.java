package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of the tables that rows wait in, and of the one that remembers loads. */
final class Staging {
    /** Beside the models: which loads were applied. */
    static final String LOADS = "_dvt_loads";

    /** So many loads of a relation stay remembered: a second apply of an older one is none. */
    static final int KEPT_LOADS = 100;

    private Staging() {}

    /** Why rows that were made for an earlier state of the table are not loaded. */
    static String overtaken(Relation relation) {
        return "another run has loaded into "
                + relation.display()
                + " since this one looked at it; nothing was loaded. Run it again";
    }

    /** Why a load that was planned for another shape of the table is not applied. */
    static String changed(Relation relation) {
        return relation.display()
                + " has changed since this run looked at it; nothing was loaded. Run it again";
    }

    /** Begins every staging table of the relation, so that a later run knows what was left. */
    static String prefix(Relation relation) {
        return "_dvt_stage_" + hash(relation.identifier()) + "_";
    }

    static String name(Relation relation, String loadId) {
        return prefix(relation) + hash(loadId);
    }

    /** The same for the same name on every machine, for locks that have numbers. */
    static long number(String name) {
        return ByteBuffer.wrap(digest(name)).getLong();
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(digest(text), 0, 5);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
