package dev.dvtls.assist;

import java.util.regex.Pattern;

/** Texts as YAML must have them to be texts. */
final class YamlWords {
    /** What YAML 1.1 takes for something else: booleans, nothing, numbers, dates. */
    private static final Pattern NO_TEXT =
            Pattern.compile(
                    "(?i)|~|null|true|false|yes|no|on|off|y|n|<<|="
                            + "|[-+.]?[0-9][0-9a-fox_.:+-]*(e[-+]?[0-9]+)?|\\.inf|\\.nan");

    private static final Pattern SPECIAL =
            Pattern.compile("[-?:]?\\s.*|.*[\\s:]|[!&*|>@`\"'%{}\\[\\],#].*|.*(: | #).*");

    private YamlWords() {}

    /**
     * @param flow inside brackets, where commas part
     */
    static String written(String text, boolean flow) {
        boolean special =
                NO_TEXT.matcher(text).matches()
                        || SPECIAL.matcher(text).matches()
                        || (flow && text.matches(".*[,\\[\\]{}].*"));
        return special ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : text;
    }
}
