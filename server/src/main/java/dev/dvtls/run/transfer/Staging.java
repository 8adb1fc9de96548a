package dev.dvtls.run.transfer;

import dev.dvtls.run.Relation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of the tables that rows wait in, and of the one that remembers loads. */
final class Staging {
    /** Beside the models: which loads were applied. */
    static final String LOADS = "_dvt_loads";

    private Staging() {}

    /** Begins every staging table of the relation, so that a later run knows what was left. */
    static String prefix(Relation relation) {
        return "_dvt_stage_" + hash(relation.identifier()) + "_";
    }

    static String name(Relation relation, String loadId) {
        return prefix(relation) + hash(loadId);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
