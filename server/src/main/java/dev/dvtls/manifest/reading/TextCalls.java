package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.reading.Value.Gap;
import dev.dvtls.manifest.reading.Value.Given;
import dev.dvtls.manifest.reading.Value.Items;
import dev.dvtls.manifest.reading.Value.Literal;
import dev.dvtls.manifest.reading.Value.Piece;
import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.manifest.reading.Value.Scalar;
import dev.dvtls.manifest.reading.Value.Text;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strings that went through a method: good enough to read the SQL in them, marked as not exact.
 * White space is left as it is.
 */
final class TextCalls {
    private static final Set<String> STRIPS = Set.of("strip", "lstrip", "rstrip");

    /** Methods whose string is the SQL that it is after them, as far as one can see. */
    private static final Set<String> REWRITES =
            Set.of("strip", "lstrip", "rstrip", "format", "replace");

    private static final Set<String> DEDENT = Set.of("dedent", "cleandoc");
    private static final Pattern BRACES =
            Pattern.compile("\\{\\{|\\}\\}|\\{([^{}]*(?:\\{[^{}]*\\}[^{}]*)*)\\}");
    private static final Pattern PERCENT = Pattern.compile("%%|%(\\(\\w+\\))?[-+ #0-9.]*[a-zA-Z]");

    private final Constants constants;

    TextCalls(Constants constants) {
        this.constants = constants;
    }

    Value of(Expr.Call call, Scope scope, Choices choices) {
        String function =
                call.callee() instanceof Expr.Attribute method
                        ? method.name()
                        : call.callee() instanceof Expr.Name name ? name.id() : "";
        List<Arg> arguments = call.arguments();
        if (DEDENT.contains(function) && arguments.size() == 1) {
            return inexact(constants.of(arguments.get(0).value(), scope, choices));
        }
        if (!(call.callee() instanceof Expr.Attribute method)) {
            return Plain.UNKNOWN;
        }
        if (REWRITES.contains(function)) {
            return constants.of(method.value(), scope, choices) instanceof Text text
                    ? rewritten(text, function, call, scope, choices)
                    : Plain.UNKNOWN;
        }
        return function.equals("join")
                        && arguments.size() == 1
                        && constants.of(method.value(), scope, choices) instanceof Text separator
                        && constants.of(arguments.get(0).value(), scope, choices)
                                instanceof Items items
                ? join(separator, items, call)
                : Plain.UNKNOWN;
    }

    private Value rewritten(
            Text text, String function, Expr.Call call, Scope scope, Choices choices) {
        if (STRIPS.contains(function)) {
            return stripped(text, function, call, scope, choices);
        }
        return function.equals("format")
                ? format(text, call, scope, choices)
                : replaced(text, call, scope, choices);
    }

    /** White space is left as it is; other letters go where it is known which. */
    private Value stripped(
            Text text, String function, Expr.Call call, Scope scope, Choices choices) {
        if (call.arguments().isEmpty()) {
            return text.inexact();
        }
        if (call.arguments().size() != 1
                || !(constants.of(call.arguments().get(0).value(), scope, choices)
                        instanceof Text letters)
                || letters.hasHoles()) {
            // Its tables are as they are; what is right about the rest, only the run knows.
            return Text.of(new Gap(call.span()))
                    .plus(Text.of(new Given(" ", call.span())))
                    .plus(text.inexact());
        }
        String value = text.value();
        int from = 0;
        int to = value.length();
        while (!function.equals("rstrip")
                && from < to
                && letters.value().indexOf(value.charAt(from)) >= 0) {
            from++;
        }
        while (!function.equals("lstrip")
                && from < to
                && letters.value().indexOf(value.charAt(to - 1)) >= 0) {
            to--;
        }
        return TextReplacement.part(text, from, to);
    }

    /** {@code "...".replace("{table}", x)}, where it is certain what is replaced. */
    private Value replaced(Text text, Expr.Call call, Scope scope, Choices choices) {
        List<Arg> given = call.arguments();
        boolean two =
                given.size() == 2 && given.stream().allMatch(a -> a.kind() == Arg.Kind.POSITIONAL);
        if (!two
                || !(constants.of(given.get(0).value(), scope, choices) instanceof Text old)
                || old.hasHoles()
                || !old.exact()
                || old.value().isEmpty()
                || TextReplacement.mayCross(text, old.value())) {
            return Plain.UNKNOWN;
        }
        Expr with = given.get(1).value();
        return TextReplacement.of(
                text, old.value(), shown(constants.of(with, scope, choices), with));
    }

    /** The string that a call rewrites: {@code "...".format(x)}, {@code dedent("...")}. */
    static List<Expr> subject(Expr.Call call) {
        if (call.callee() instanceof Expr.Attribute method && REWRITES.contains(method.name())) {
            return List.of(method.value());
        }
        String function =
                call.callee() instanceof Expr.Attribute method
                        ? method.name()
                        : call.callee() instanceof Expr.Name name ? name.id() : "";
        return DEDENT.contains(function) && call.arguments().size() == 1
                ? List.of(call.arguments().get(0).value())
                : List.of();
    }

    /** What a value looks like in an f-string. */
    static Text shown(Value value, Expr at) {
        if (value instanceof Text text) {
            return placed(text, at);
        }
        if (value instanceof Scalar scalar && scalar.value() instanceof Long number) {
            return Text.of(new Given(number.toString(), at.span()));
        }
        return Text.of(new Gap(at.span()));
    }

    /** A single word counts as standing where it is used, longer text where it is written. */
    static Text placed(Text text, Expr at) {
        boolean written = at instanceof Expr.Str || at instanceof Expr.FString;
        boolean word = text.value().chars().noneMatch(Character::isWhitespace);
        return !written && word && text.exact() && !text.hasHoles()
                ? Text.of(new Given(text.value(), at.span()))
                : text;
    }

    /** {@code "..." % anything}: what is filled in is not known. */
    static Text percent(Text format, Expr values) {
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : format.pieces()) {
            Matcher matcher = PERCENT.matcher(piece.text());
            int from = 0;
            while (matcher.find()) {
                pieces.add(cut(piece, from, matcher.start()));
                pieces.add(
                        matcher.group().equals("%%")
                                ? new Given("%", values.span())
                                : new Gap(values.span()));
                from = matcher.end();
            }
            pieces.add(cut(piece, from, piece.text().length()));
        }
        return new Text(pieces, false);
    }

    private Value format(Text format, Expr.Call call, Scope scope, Choices choices) {
        List<Piece> pieces = new ArrayList<>();
        int automatic = 0;
        for (Piece piece : format.pieces()) {
            Matcher matcher = BRACES.matcher(piece.text());
            int from = 0;
            while (matcher.find()) {
                pieces.add(cut(piece, from, matcher.start()));
                from = matcher.end();
                if (matcher.group(1) == null) {
                    pieces.add(cut(piece, matcher.start(), matcher.start() + 1));
                } else {
                    String[] field = matcher.group(1).split("(?=[:!])", 2);
                    String key = field[0].isEmpty() ? String.valueOf(automatic++) : field[0];
                    Text value =
                            field.length == 1
                                    ? field(key, call, scope, choices)
                                    : Text.of(new Gap(call.span()));
                    pieces.addAll(value.pieces());
                }
            }
            pieces.add(cut(piece, from, piece.text().length()));
        }
        return new Text(pieces, false);
    }

    private Text field(String key, Expr.Call call, Scope scope, Choices choices) {
        int position = 0;
        for (Arg argument : call.arguments()) {
            if (argument.kind() == Arg.Kind.STAR) {
                position = Integer.MIN_VALUE; // how many it stands for is not known
            }
            String name =
                    argument.kind() == Arg.Kind.KEYWORD
                            ? argument.name()
                            : argument.kind() == Arg.Kind.POSITIONAL
                                    ? String.valueOf(position++)
                                    : "*";
            if (name.equals(key)) {
                return shown(constants.of(argument.value(), scope, choices), argument.value());
            }
        }
        return Text.of(new Gap(call.span()));
    }

    static Piece cut(Piece piece, int from, int to) {
        String text = piece.text().substring(from, to);
        if (piece instanceof Literal literal) {
            return new Literal(text, literal.literal(), literal.from() + from);
        }
        return piece instanceof Given given ? new Given(text, given.at()) : piece;
    }

    private static Text join(Text separator, Items items, Expr.Call call) {
        Text all = new Text(List.of(), false);
        for (int i = 0; i < items.items().size(); i++) {
            all = i > 0 ? all.plus(separator) : all;
            all = all.plus(Constants.asText(items.items().get(i), call));
        }
        return all;
    }

    private static Value inexact(Value value) {
        return value instanceof Text text ? text.inexact() : value;
    }
}
