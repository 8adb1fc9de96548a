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
    private static final Set<String> KEEP_WORDS = Set.of("strip", "lstrip", "rstrip");
    private static final Set<String> DEDENT = Set.of("dedent", "cleandoc");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|\\}\\}|\\{([^{}]*)\\}");
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
        if (KEEP_WORDS.contains(function)) {
            return inexact(constants.of(method.value(), scope, choices));
        }
        if (function.equals("format")
                && constants.of(method.value(), scope, choices) instanceof Text format) {
            return format(format, call, scope, choices);
        }
        return function.equals("join")
                        && arguments.size() == 1
                        && constants.of(method.value(), scope, choices) instanceof Text separator
                        && constants.of(arguments.get(0).value(), scope, choices)
                                instanceof Items items
                ? join(separator, items, call)
                : Plain.UNKNOWN;
    }

    /** The string that a call rewrites: {@code "...".format(x)}, {@code dedent("...")}. */
    static List<Expr> subject(Expr.Call call) {
        if (call.callee() instanceof Expr.Attribute method
                && (KEEP_WORDS.contains(method.name()) || method.name().equals("format"))) {
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

    private Text format(Text format, Expr.Call call, Scope scope, Choices choices) {
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
                    String field = matcher.group(1);
                    String key = field.isEmpty() ? String.valueOf(automatic++) : field;
                    pieces.addAll(field(key, call, scope, choices).pieces());
                }
            }
            pieces.add(cut(piece, from, piece.text().length()));
        }
        return new Text(pieces, false);
    }

    private Text field(String key, Expr.Call call, Scope scope, Choices choices) {
        int position = 0;
        for (Arg argument : call.arguments()) {
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

    private static Piece cut(Piece piece, int from, int to) {
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
