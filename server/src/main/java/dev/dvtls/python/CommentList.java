package dev.dvtls.python;

import dev.dvtls.text.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The comments met so far, as pairs of offsets until somebody wants them. */
final class CommentList {
    private int[] offsets = new int[32];
    private int size;

    void add(int start, int end) {
        if (size * 2 == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[size * 2] = start;
        offsets[size * 2 + 1] = end;
        size++;
    }

    int size() {
        return size;
    }

    void truncate(int count) {
        size = Math.min(size, count);
    }

    List<Comment> list() {
        return IntStream.range(0, size)
                .mapToObj(i -> new Comment(new Span(offsets[i * 2], offsets[i * 2 + 1])))
                .toList();
    }
}
