package dev.dvtls.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that a user may have meant, out of a set that is prepared once: a project without its
 * packages asks for a thousand wrong names.
 */
public final class Nearest {
    private static final int MOST = 3;
    private static final Pattern SEPARATORS = Pattern.compile("[_.\\-/]+");

    /**
     * @param letters a bit for each letter (modulo 64) that the name holds
     */
    private record Name(String written, String lower, List<String> words, long letters) {
        static Name of(String written) {
            String lower = written.toLowerCase(Locale.ROOT);
            return new Name(written, lower, List.of(SEPARATORS.split(lower)), bits(lower));
        }
    }

    private record Ranked(String name, double score) {}

    private final List<Name> names;

    private Nearest(List<Name> names) {
        this.names = names;
    }

    public static Nearest among(Collection<String> names) {
        return new Nearest(names.stream().distinct().map(Name::of).toList());
    }

    /** {@link #to} for names that are asked once. */
    public static List<String> of(String wrong, Collection<String> names) {
        return among(names).to(wrong);
    }

    /**
     * At most three names, nearest first: by edits (swapped neighbours count as one), regardless of
     * case; a beginning, and words in common, count as near too. Far names are left out.
     */
    public List<String> to(String wrong) {
        Name asked = Name.of(wrong);
        return names.stream()
                .map(name -> new Ranked(name.written(), score(asked, name)))
                .filter(ranked -> ranked.score() < 1)
                .sorted(Comparator.comparingDouble(Ranked::score).thenComparing(Ranked::name))
                .limit(MOST)
                .map(Ranked::name)
                .toList();
    }

    private static long bits(String text) {
        long letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters |= 1L << (text.charAt(i) & 63);
        }
        return letters;
    }

    /** An edit takes away at most one letter of each side. */
    private static boolean mayBeWithin(long a, long b, int edits) {
        return Long.bitCount(a & ~b) <= edits && Long.bitCount(b & ~a) <= edits;
    }

    /** 0 for the same, below 1 for near, 1 for far. */
    private static double score(Name asked, Name other) {
        String wrong = asked.lower();
        String name = other.lower();
        if (wrong.isEmpty()) {
            return 1;
        }
        double score = 1;
        int allowed = Math.max(1, Math.min(wrong.length(), name.length()) / 3);
        if (Math.abs(wrong.length() - name.length()) <= allowed
                && mayBeWithin(asked.letters(), other.letters(), allowed)) {
            int edits = edits(wrong, name, allowed);
            if (edits <= allowed) {
                score = edits / (allowed + 1.0) * 0.6;
            }
        }
        if (wrong.length() >= 3 && name.startsWith(wrong)) {
            score = Math.min(score, 0.35);
        } else if (name.length() >= 3 && wrong.startsWith(name)) {
            score = Math.min(score, 0.65);
        }
        return Math.min(score, words(asked.words(), other.words()));
    }

    /** {@code stg_orders} for {@code orders} or {@code ordrs}: words in common, in any order. */
    private static double words(List<String> a, List<String> b) {
        int shared = 0;
        int all = 0;
        for (String word : a) {
            boolean common = has(b, word);
            shared += common ? word.length() : 0;
            all += word.length();
        }
        for (String word : b) {
            boolean common = has(a, word);
            shared += common ? word.length() : 0;
            all += word.length();
        }
        double share = all == 0 ? 0 : shared / (double) all;
        return share >= 0.6 ? 0.95 - share / 2 : 1;
    }

    private static boolean has(List<String> words, String word) {
        for (String other : words) {
            if (isSameWord(word, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSameWord(String a, String b) {
        if (a.length() < 3 || b.length() < 3) {
            return false;
        }
        return a.equals(b)
                || (Math.min(a.length(), b.length()) >= 4
                        && Math.abs(a.length() - b.length()) <= 1
                        && mayBeWithin(bits(a), bits(b), 1)
                        && edits(a, b, 1) <= 1);
    }

    /** Optimal string alignment distance; anything above {@code most} may come out as more. */
    private static int edits(String a, String b, int most) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int edits =
                        Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits = Math.min(edits, beforeLast[j - 2] + 1);
                }
                row[j] = edits;
                least = Math.min(least, edits);
            }
            if (least > most) {
                return least;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
