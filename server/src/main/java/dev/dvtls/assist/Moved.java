package dev.dvtls.assist;

/**
 * Where a place of a text is in a later text.
 *
 * @param offset in the later text; of a place inside of what was changed, where the change begins
 * @param end where the change ends in the later text; the offset itself for a place outside of it
 */
record Moved(int offset, int end) {

    /** What both texts have in common at their start and end has not changed. */
    static Moved of(String before, int offset, String after) {
        int most = Math.min(before.length(), after.length());
        int head = 0;
        while (head < most && before.charAt(head) == after.charAt(head)) {
            head++;
        }
        if (offset <= head) {
            return new Moved(offset, offset);
        }
        int tail = 0;
        while (tail < most - head
                && before.charAt(before.length() - 1 - tail)
                        == after.charAt(after.length() - 1 - tail)) {
            tail++;
        }
        int shifted = offset + after.length() - before.length();
        return offset >= before.length() - tail
                ? new Moved(shifted, shifted)
                : new Moved(head, after.length() - tail);
    }
}
