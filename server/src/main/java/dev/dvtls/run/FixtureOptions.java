package dev.dvtls.run;

import dev.dvtls.cache.FixtureFile;
import java.util.List;

/**
 * How what models read is saved for tests.
 *
 * @param limit rows of each relation
 * @param refresh what is read comes from where it lives; else the cache is good enough
 * @param replace files that are there; else they stay, since somebody may have edited them
 * @param also selectors of what a model reads that its text does not tell
 */
public record FixtureOptions(
        long limit,
        FixtureFile.Format format,
        boolean refresh,
        boolean replace,
        List<String> also) {
    /** Rows of each relation, where nobody says how many: what a review can look through. */
    public static final long USUAL_LIMIT = 1000;
}
