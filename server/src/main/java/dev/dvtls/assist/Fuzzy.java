package dev.dvtls.assist;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * How well a name fits what somebody types of it: its letters in order, not necessarily side by
 * side. Where a letter begins a word ({@code stg_Orders}, {@code ops.orders}) or follows the one
 * before, it counts more; the best way to place the letters counts.
 */
final class Fuzzy {
    private static final int NEVER = Integer.MIN_VALUE / 2;
    private static final int EXACT = 2000;
    private static final int PREFIX = 1000;
    private static final int LAST_PART = 500;
    private static final int FIRST = 10;
    private static final int WORD = 8;
    private static final int NEXT = 8;
    private static final int GAP = 2;

    private final String query;

    /** Spaces are for the eye. */
    Fuzzy(String query) {
        this.query = query.replaceAll("\\s+", "");
    }

    /** The more the better; empty when a letter is missing. A blank query fits everything. */
    OptionalInt score(String name) {
        if (query.isEmpty()) {
            return OptionalInt.of(0);
        }
        if (!isSubsequence(name)) {
            return OptionalInt.empty();
        }
        int score = placed(name);
        if (name.equalsIgnoreCase(query)) {
            score += EXACT;
        } else if (name.regionMatches(true, 0, query, 0, query.length())) {
            score += PREFIX;
        } else if (name.substring(name.lastIndexOf('.') + 1).equalsIgnoreCase(query)) {
            score += LAST_PART;
        }
        return OptionalInt.of(score);
    }

    private boolean isSubsequence(String name) {
        int at = 0;
        for (int i = 0; i < name.length() && at < query.length(); i++) {
            if (same(query.charAt(at), name.charAt(i))) {
                at++;
            }
        }
        return at == query.length();
    }

    /** The best sum over all ways to place the letters. */
    private int placed(String name) {
        int[] before = new int[name.length()]; // best with the letter before placed right here
        for (int q = 0; q < query.length(); q++) {
            int[] now = new int[name.length()];
            Arrays.fill(now, NEVER);
            int best = NEVER; // of the letter before, anywhere further left
            for (int i = 0; i < name.length(); i++) {
                if (same(query.charAt(q), name.charAt(i))) {
                    int letter = letter(name, i);
                    if (q == 0) {
                        now[i] = letter;
                    } else if (i > 0) {
                        now[i] = letter + Math.max(before[i - 1] + NEXT, best - GAP);
                    }
                }
                if (q > 0 && i > 0) {
                    best = Math.max(best, before[i - 1]);
                }
            }
            before = now;
        }
        return Arrays.stream(before).max().orElse(NEVER);
    }

    private static int letter(String name, int i) {
        if (i == 0) {
            return FIRST;
        }
        char previous = name.charAt(i - 1);
        boolean word =
                !Character.isLetterOrDigit(previous)
                        || (Character.isUpperCase(name.charAt(i))
                                && Character.isLowerCase(previous));
        return word ? WORD : 1;
    }

    private static boolean same(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
