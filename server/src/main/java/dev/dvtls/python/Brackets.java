package dev.dvtls.python;

import java.util.Arrays;

/** The open brackets, innermost last, and the f-string hole that is being read. */
final class Brackets {
    private int[] opens = new int[32];
    int depth;

    /** The depth inside the innermost f-string hole; 0 when there is none. */
    int holeDepth;

    /** True when a line end ends that hole's string. */
    boolean singleLineHole;

    void push(int offset) {
        if (depth == opens.length) {
            opens = Arrays.copyOf(opens, depth * 2);
        }
        opens[depth++] = offset;
    }

    int outermost() {
        return opens[0];
    }

    int top() {
        return opens[depth - 1];
    }

    /** Closes the innermost bracket of a kind, or the innermost of all. */
    void pop(char[] src, char opener, int base) {
        int i = depth - 1;
        while (i >= base && src[opens[i]] != opener) {
            i--;
        }
        depth = i >= base ? i : depth - 1;
    }

    boolean inSingleLineHole() {
        return holeDepth > 0 && singleLineHole;
    }

    void clear() {
        depth = 0;
        holeDepth = 0;
        singleLineHole = false;
    }

    Brackets copy() {
        Brackets copy = new Brackets();
        copy.set(this);
        return copy;
    }

    void set(Brackets other) {
        if (opens.length < other.depth) {
            opens = new int[other.opens.length];
        }
        System.arraycopy(other.opens, 0, opens, 0, other.depth);
        depth = other.depth;
        holeDepth = other.holeDepth;
        singleLineHole = other.singleLineHole;
    }
}
