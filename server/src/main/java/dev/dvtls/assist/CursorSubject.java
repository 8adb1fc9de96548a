package dev.dvtls.assist;

import java.util.Map;

/** The expression that a dot or a bracket belongs to: {@code dbt.ref("x").df()} of its dot. */
final class CursorSubject {
    private CursorSubject() {}

    /**
     * Names, dots, and brackets that were closed.
     *
     * @param opened where brackets were opened, by the offset of the closing one
     * @param inBrackets chains go on over lines there only
     */
    static String endingAt(String text, int to, Map<Integer, Integer> opened, boolean inBrackets) {
        int start = to;
        boolean blanks = true; // before a dot, and before a bracket
        while (true) {
            int before = blanks ? beforeBlanks(text, start, inBrackets) : start;
            char c = before > 0 ? text.charAt(before - 1) : ' ';
            if ((c == ')' || c == ']') && opened.containsKey(before - 1)) {
                start = opened.getOrDefault(before - 1, 0);
                blanks = false;
                continue;
            } else if (!CursorScan.isNameChar(c)) {
                return text.substring(start, to).strip();
            }
            start = before;
            while (start > 0 && CursorScan.isNameChar(text.charAt(start - 1))) {
                start--;
            }
            int dot = beforeBlanks(text, start, inBrackets);
            if (dot == 0 || text.charAt(dot - 1) != '.') {
                return text.substring(start, to).strip();
            }
            start = dot - 1;
            blanks = true;
        }
    }

    private static int beforeBlanks(String text, int offset, boolean overLines) {
        String blanks = overLines ? " \t\r\n" : " \t";
        int i = offset;
        while (i > 0 && blanks.indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i;
    }
}
