package dev.dvtls.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Applies the fixes that are sure, until there are none left. Pure. */
public final class SureFixes {
    /**
     * @param mended in the order they were applied
     */
    public record Result(String text, List<Mended> mended) {}

    /**
     * @param offset of the problem in the text that the file had before
     */
    public record Mended(Problem problem, Fix fix, String before, int offset) {}

    private final Function<String, List<Problem>> check;
    private final Predicate<Problem> wanted;
    private final List<Mended> mended = new ArrayList<>();
    private String text;
    private List<Problem> problems;

    private SureFixes(
            String text, Function<String, List<Problem>> check, Predicate<Problem> wanted) {
        this.check = check;
        this.wanted = wanted;
        this.text = text;
        this.problems = check.apply(text);
    }

    /**
     * A fix is taken only if the file has fewer problems with it and none that it did not have; of
     * two that overlap, one waits for the next round.
     *
     * @param check what is wrong with the file when it has a text
     * @param wanted which problems may be mended
     */
    public static Result of(
            String text, Function<String, List<Problem>> check, Predicate<Problem> wanted) {
        SureFixes fixes = new SureFixes(text, check, wanted);
        boolean more = true;
        while (more) {
            more = fixes.round();
        }
        return new Result(fixes.text, List.copyOf(fixes.mended));
    }

    /** From the end of the text to its start, so that places before a change stay right. */
    private boolean round() {
        int limit = text.length();
        boolean any = false;
        List<Problem> last = new ArrayList<>(problems);
        last.sort(Comparator.comparingInt((Problem p) -> p.span().start()).reversed());
        for (Problem problem : last) {
            for (Fix fix : problem.fixes().stream().filter(Fix::sure).limit(1).toList()) {
                if (wanted.test(problem) && endsBy(fix, limit) && take(problem, fix)) {
                    any = true;
                    limit = fix.edits().stream().mapToInt(e -> e.span().start()).min().orElse(0);
                }
            }
        }
        return any;
    }

    private static boolean endsBy(Fix fix, int limit) {
        return fix.edits().stream().allMatch(e -> e.span().end() <= limit);
    }

    private boolean take(Problem problem, Fix fix) {
        String after = fix.applied(text);
        List<Problem> left = check.apply(after);
        if (!isBetter(problems, left)) {
            return false;
        }
        mended.add(new Mended(problem, fix, text, problem.span().start()));
        text = after;
        problems = left;
        return true;
    }

    /** Fewer problems, and none that was not there; hints do not count as new. */
    public static boolean isBetter(List<Problem> before, List<Problem> after) {
        Map<String, Integer> counts = new HashMap<>();
        before.forEach(p -> counts.merge(key(p), 1, Integer::sum));
        after.forEach(p -> counts.merge(key(p), -1, Integer::sum));
        boolean nothingNew =
                after.stream()
                        .filter(p -> p.severity() != Severity.HINT)
                        .allMatch(p -> counts.getOrDefault(key(p), 0) >= 0);
        long errors = errors(before) - errors(after);
        return nothingNew && (errors > 0 || (errors == 0 && after.size() < before.size()));
    }

    private static long errors(List<Problem> problems) {
        return problems.stream().filter(p -> p.severity() != Severity.HINT).count();
    }

    private static String key(Problem problem) {
        return problem.code() + "\0" + problem.message();
    }
}
