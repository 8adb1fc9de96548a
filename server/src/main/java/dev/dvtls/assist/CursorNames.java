package dev.dvtls.assist;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dotted name before a cursor stands for: {@code dbt} and its members, by any name. */
final class CursorNames {
    private CursorNames() {}

    /**
     * {@code ref} of {@code dbt.ref}, of an alias of it, or in {@code .sql} of {@code ref}; empty
     * for any other function.
     */
    static String function(String text, int offset, String callee, boolean python) {
        if (python) {
            String full = alias(text, offset, callee);
            return full.startsWith("dbt.") ? full.substring("dbt.".length()) : "";
        }
        return Set.of("ref", "source", "config", "config.get", "var").contains(callee)
                ? callee
                : "";
    }

    /** Follows {@code d = dbt} and {@code r = dbt.ref} above the cursor. */
    static String alias(String text, int offset, String dotted) {
        int dot = dotted.indexOf('.');
        String head = dot < 0 ? dotted : dotted.substring(0, dot);
        if (head.isEmpty() || head.equals("dbt")) {
            return dotted;
        }
        Matcher matcher =
                Pattern.compile(
                                "(?m)^[ \\t]*"
                                        + Pattern.quote(head)
                                        + "[ \\t]*=[ \\t]*(dbt(?:\\.\\w+)?)[ \\t]*(?:#.*)?\\r?$")
                        .matcher(text.substring(0, offset));
        String meaning = "";
        while (matcher.find()) {
            meaning = matcher.group(1);
        }
        return meaning.isEmpty() ? dotted : meaning + (dot < 0 ? "" : dotted.substring(dot));
    }
}
