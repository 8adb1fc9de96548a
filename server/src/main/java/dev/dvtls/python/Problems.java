package dev.dvtls.python;

import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;

/** Collects syntax problems: of one statement only the first, since others follow from it. */
final class Problems {
    private final PythonVersion version;
    private final List<SyntaxProblem> found = new ArrayList<>();
    private boolean broken;

    Problems(PythonVersion version) {
        this.version = version;
    }

    PythonVersion version() {
        return version;
    }

    void add(int start, int end, String message) {
        if (!broken) {
            broken = true;
            found.add(new SyntaxProblem(new Span(start, Math.max(start, end)), message));
        }
    }

    /** Says that something needs a newer Python than the one asked for, where it does. */
    void requires(PythonVersion needed, int start, int end, String what) {
        if (version.before(needed)) {
            found.add(
                    new SyntaxProblem(
                            new Span(start, Math.max(start, end)),
                            "%s Python %s or later, and this project runs on %s"
                                    .formatted(what, needed, version)));
        }
    }

    /** True when the current statement has a problem already. */
    boolean isBroken() {
        return broken;
    }

    void beginStatement() {
        broken = false;
    }

    int mark() {
        return found.size() * 2 + (broken ? 1 : 0);
    }

    /** Forgets what was found since a {@link #mark}. */
    void reset(int mark) {
        if (found.size() > mark / 2) {
            found.subList(mark / 2, found.size()).clear();
        }
        broken = (mark & 1) == 1;
    }

    List<SyntaxProblem> list() {
        return List.copyOf(found);
    }
}
