package dev.dvtls.sql;

import dev.dvtls.text.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code {% %}} taken apart.
 *
 * @param tag its first word, such as {@code set}, {@code for}, {@code snapshot}
 * @param target the name that it binds ({@code set x = ...}, {@code for x in ...}) or defines
 *     ({@code snapshot x}); empty span when there is none
 * @param expressions the texts in it that are expressions
 */
public record JinjaStatement(String tag, Span target, List<Span> expressions) {
    private static final Pattern WORD = Pattern.compile("\\s*(\\w+)");
    private static final Pattern SET = Pattern.compile("\\s*(\\w+)\\s*=(?!=)");
    private static final Pattern FOR = Pattern.compile("\\s*([\\w\\s,()]+?)\\s+in\\b");
    private static final Pattern CALL_PARAMETERS = Pattern.compile("\\s*\\([^()]*\\)");

    /** Tags whose words are no expression. */
    private static final Set<String> PLAIN = Set.of("macro", "materialization", "test", "docs");

    static Span none(int at) {
        return new Span(at, at);
    }

    public static JinjaStatement read(String text, JinjaBlock block) {
        int from = block.contentStart();
        int to = block.contentEnd();
        Matcher word = at(WORD, text, from, to);
        if (!word.lookingAt()) {
            return new JinjaStatement("", none(from), List.of());
        }
        String tag = word.group(1);
        int rest = word.end();
        switch (tag) {
            case "set", "with" -> {
                Matcher set = at(SET, text, rest, to);
                return set.lookingAt()
                        ? binding(tag, set, to)
                        : new JinjaStatement(tag, none(rest), List.of(trimmed(text, rest, to)));
            }
            case "for" -> {
                Matcher loop = at(FOR, text, rest, to);
                return loop.lookingAt()
                        ? binding(tag, loop, to)
                        : new JinjaStatement(tag, none(rest), List.of());
            }
            case "snapshot" -> {
                Matcher name = at(WORD, text, rest, to);
                Span span = name.lookingAt() ? new Span(name.start(1), name.end(1)) : none(rest);
                return new JinjaStatement(tag, span, List.of());
            }
            case "call" -> {
                Matcher parameters = at(CALL_PARAMETERS, text, rest, to);
                int call = parameters.lookingAt() ? parameters.end() : rest;
                return new JinjaStatement(tag, none(rest), List.of(trimmed(text, call, to)));
            }
            default -> {
                boolean plain = PLAIN.contains(tag) || tag.startsWith("end") || tag.equals("else");
                return new JinjaStatement(
                        tag, none(rest), plain ? List.of() : List.of(trimmed(text, rest, to)));
            }
        }
    }

    private static JinjaStatement binding(String tag, Matcher target, int to) {
        Span name = new Span(target.start(1), target.end(1));
        return new JinjaStatement(tag, name, List.of(new Span(target.end(), to)));
    }

    private static Span trimmed(String text, int from, int to) {
        int start = from;
        while (start < to && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return new Span(start, to);
    }

    private static Matcher at(Pattern pattern, String text, int from, int to) {
        return pattern.matcher(text).region(from, to);
    }
}
