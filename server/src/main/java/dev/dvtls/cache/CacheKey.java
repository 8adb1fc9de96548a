package dev.dvtls.cache;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a cached relation is known by. Dev's history is never taken for prod's.
 *
 * @param profile the profile's name
 * @param target the output that the relation lives on
 * @param relation the node's unique id
 */
public record CacheKey(String profile, String target, String relation) {
    private static final int LONGEST = 100;

    Path folder(Path cache) {
        return cache.resolve(segment(profile)).resolve(segment(target)).resolve(segment(relation));
    }

    /** A name that every file system takes; a hash keeps apart what that makes equal. */
    public static String segment(String name) {
        String safe = name.replaceAll("[^a-z0-9_.-]", "_");
        boolean exact = safe.equals(name) && !name.startsWith(".") && !name.endsWith(".");
        if (exact && name.length() <= LONGEST && !name.isEmpty()) {
            return name;
        }
        String start = safe.substring(0, Math.min(safe.length(), LONGEST)).replace('.', '_');
        return start + "-" + hash(name);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
