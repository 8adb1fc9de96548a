package dev.dvtls.cache;

import dev.dvtls.cache.CachedRelation.Part;
import java.util.List;
import java.util.Optional;

/**
 * When deltas are merged: among themselves, eight of about one size at a time, so that a row is
 * rewritten once for each eightfold growth; into the base only when they have grown to half of it.
 * So the cost of a commit follows its rows, not the history. Pure.
 */
final class Tiers {
    /** Deltas of one tier that make one of the next. */
    static final int FAN = 8;

    /** A reader opens each file; more than these never wait. */
    static final int MOST_DELTAS = 64;

    private Tiers() {}

    /**
     * Files that become one.
     *
     * @param from their first, by place; 0: all of them become the base
     * @param to after their last
     */
    record Merge(int from, int to) {}

    /** The next thing to do, if anything. */
    static Optional<Merge> next(List<Part> parts) {
        int deltas = parts.size() - 1;
        long added = parts.stream().skip(1).mapToLong(Part::rows).sum();
        if (deltas > MOST_DELTAS || (deltas >= FAN && added * 2 > parts.get(0).rows())) {
            return Optional.of(new Merge(0, parts.size()));
        }
        int run = lastRun(parts);
        for (int tier = 0; tier <= 21; tier++) { // 8^21 rows: no number is larger
            int from = parts.size();
            int same = 0;
            while (from > run && tier(parts.get(from - 1)) <= tier) {
                from--;
                same += tier(parts.get(from)) == tier ? 1 : 0;
            }
            if (same >= FAN) {
                return Optional.of(new Merge(from, parts.size()));
            }
        }
        return Optional.empty();
    }

    /** Where the last deltas of one kind begin: what appends must not replace anything. */
    private static int lastRun(List<Part> parts) {
        int from = parts.size();
        Part.Kind kind = parts.get(from - 1).kind();
        while (from > 1 && parts.get(from - 1).kind() == kind) {
            from--;
        }
        return from;
    }

    private static int tier(Part part) {
        int tier = 0;
        for (long rows = part.rows(); rows >= FAN; rows /= FAN) {
            tier++;
        }
        return tier;
    }
}
