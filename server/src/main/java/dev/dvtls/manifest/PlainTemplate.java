package dev.dvtls.manifest;

import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Parser;
import dev.dvtls.sql.JinjaBlock;
import dev.dvtls.sql.JinjaStatement;
import dev.dvtls.sql.JinjaText;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the text of a SQL model alone tells what it reads and how it is configured. Pure. */
public final class PlainTemplate {
    /** Calls that neither read nor configure anything, or that are read from the text. */
    private static final Set<String> KNOWN =
            Set.of(
                    "ref",
                    "source",
                    "config",
                    "is_incremental",
                    "should_full_refresh",
                    "var",
                    "env_var",
                    "range",
                    "log",
                    "print",
                    "set",
                    "zip",
                    "tojson",
                    "fromjson");

    /** Names whose attributes are no macros. */
    private static final Set<String> VALUES =
            Set.of("this", "loop", "target", "modules", "exceptions");

    private PlainTemplate() {}

    /** False where only rendering can tell: a macro is called, a name or a config is computed. */
    public static boolean is(ModelFile file) {
        if (!file.unknownReferences().isEmpty()
                || file.config().stream().anyMatch(entry -> entry.value().isEmpty())) {
            return false;
        }
        JinjaText jinja = JinjaText.read(file.text());
        boolean branched = false;
        for (JinjaBlock block : jinja.blocks()) {
            for (Span span : expressions(file.text(), block)) {
                Expr expression = parse(jinja, span);
                List<Expr.Call> calls = new ArrayList<>();
                ExpressionTree.calls(expression, calls::add);
                boolean always = !branched && expression instanceof Expr.Call;
                if (calls.stream().anyMatch(call -> !isKnown(call))
                        || (!always && calls.stream().anyMatch(PlainTemplate::configures))) {
                    return false;
                }
            }
            branched |= block.kind() == JinjaBlock.Kind.STATEMENT && branches(file.text(), block);
        }
        return true;
    }

    private static List<Span> expressions(String text, JinjaBlock block) {
        return block.kind() == JinjaBlock.Kind.VALUE
                ? List.of(new Span(block.contentStart(), block.contentEnd()))
                : JinjaStatement.read(text, block).expressions();
    }

    /** A config below counts for one branch, or for each turn. */
    private static boolean branches(String text, JinjaBlock block) {
        String tag = JinjaStatement.read(text, block).tag();
        return tag.equals("if") || tag.equals("for") || tag.equals("macro");
    }

    private static Expr parse(JinjaText jinja, Span span) {
        int start = span.start();
        while (start < span.end() && Character.isWhitespace(jinja.expressions().charAt(start))) {
            start++;
        }
        return Parser.parseExpression(jinja.expressions(), start, span.end()).expression();
    }

    private static boolean configures(Expr.Call call) {
        return name(call).equals("config");
    }

    private static String name(Expr.Call call) {
        return call.callee() instanceof Expr.Name name ? name.id() : "";
    }

    /**
     * {@code config(**values)} and {@code config(values)} give keys that the text does not have.
     */
    private static boolean isSpelledOut(Arg argument) {
        return argument.kind() == Arg.Kind.KEYWORD
                || (argument.kind() == Arg.Kind.POSITIONAL
                        && argument.value() instanceof Expr.Dict dict
                        && dict.keys().stream().allMatch(Expr.Str.class::isInstance));
    }

    private static boolean isKnown(Expr.Call call) {
        if (configures(call) && !call.arguments().stream().allMatch(PlainTemplate::isSpelledOut)) {
            return false;
        }
        if (!(call.callee() instanceof Expr.Attribute attribute)) {
            return KNOWN.contains(name(call));
        }
        Expr base = attribute.value();
        while (base instanceof Expr.Attribute inner) {
            base = inner.value();
        }
        if (base instanceof Expr.Name name) {
            return VALUES.contains(name.id())
                    || (name.id().equals("config") && !attribute.name().equals("set"))
                    || (name.id().equals("builtins") && KNOWN.contains(attribute.name()));
        }
        return base instanceof Expr.Str || base instanceof Expr.Call; // a method of a value
    }
}
