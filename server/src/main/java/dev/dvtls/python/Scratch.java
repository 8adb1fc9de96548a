package dev.dvtls.python;

import java.util.Arrays;
import java.util.List;

/** A stack on which the children of a node gather before they become its list. */
final class Scratch {
    private Object[] stack = new Object[64];
    private int size;

    int mark() {
        return size;
    }

    void push(Object item) {
        if (size == stack.length) {
            stack = Arrays.copyOf(stack, size * 2);
        }
        stack[size++] = item;
    }

    int count(int mark) {
        return size - mark;
    }

    void reset(int mark) {
        size = mark;
    }

    /** Everything pushed since the mark, which leaves the stack. */
    @SuppressWarnings("unchecked") // what one caller pushes between mark and take is of one type
    <T> List<T> take(int mark) {
        int count = size - mark;
        size = mark;
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of((T) stack[mark]);
            case 2 -> List.of((T) stack[mark], (T) stack[mark + 1]);
            default -> (List<T>) List.of(Arrays.copyOfRange(stack, mark, mark + count));
        };
    }
}
