package dev.dvtls.manifest.reading;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tries every way in which loops, conditionals and callers can decide a value. What one loop
 * decided is the same wherever it is asked in one try: {@code for s, t in [...]: dbt.source(s, t)}
 * gives the pairs, not the product.
 */
final class Choices {
    private static final int MOST = 512;

    private final List<int[]> trail = new ArrayList<>();
    private final IdentityHashMap<Object, Integer> taken = new IdentityHashMap<>();
    private int depth;

    private Choices() {}

    /** Runs the body once for each way; false when there were too many, and some were left out. */
    static boolean each(Consumer<Choices> body) {
        Choices choices = new Choices();
        for (int i = 0; i < MOST; i++) {
            choices.taken.clear();
            choices.depth = 0;
            body.accept(choices);
            if (!choices.next()) {
                return true;
            }
        }
        return false;
    }

    /** Which of {@code count} ways this try takes at a point; {@code count} is at least 1. */
    int pick(Object point, int count) {
        Integer known = taken.get(point);
        if (known != null) {
            return Math.min(known, count - 1);
        }
        int index = 0;
        if (count > 1) {
            if (depth < trail.size()) {
                index = Math.min(trail.get(depth)[0], count - 1);
            } else {
                trail.add(new int[] {0, count});
            }
            depth++;
        }
        taken.put(point, index);
        return index;
    }

    private boolean next() {
        while (trail.size() > depth) {
            trail.remove(trail.size() - 1);
        }
        while (!trail.isEmpty()) {
            int[] last = trail.get(trail.size() - 1);
            if (++last[0] < last[1]) {
                return true;
            }
            trail.remove(trail.size() - 1);
        }
        return false;
    }
}
