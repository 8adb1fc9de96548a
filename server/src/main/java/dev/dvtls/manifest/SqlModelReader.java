package dev.dvtls.manifest;

import dev.dvtls.manifest.JinjaValues.Known;
import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.ModelFile.UnknownReference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Origin;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.manifest.Reference.Target;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.python.Parser;
import dev.dvtls.sql.JinjaBlock;
import dev.dvtls.sql.JinjaStatement;
import dev.dvtls.sql.JinjaText;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a {@code .sql} model says of itself: {@code ref}, {@code source} and {@code config} in
 * its {@code {{ }}} and {@code {% %}}, with places. A name that was bound to literals by {@code
 * set} or {@code for} counts as each of them.
 */
public final class SqlModelReader {
    private final Path path;
    private final String text;
    private final JinjaText jinja;
    private final JinjaValues values = new JinjaValues();
    private final List<Reference> references = new ArrayList<>();
    private final List<UnknownReference> unknown = new ArrayList<>();
    private final List<ConfigEntry> config = new ArrayList<>();

    private SqlModelReader(Path path, String text) {
        this.path = path;
        this.text = text;
        this.jinja = JinjaText.read(text);
    }

    public static ModelFile read(Path path, String text) {
        return new SqlModelReader(path, text).read();
    }

    /** The names of the {@code {% snapshot %}} blocks of a file. */
    public static List<PropertiesFile.Name> snapshots(String text) {
        List<PropertiesFile.Name> names = new ArrayList<>();
        for (JinjaBlock block : JinjaText.read(text).blocks()) {
            if (block.kind() == JinjaBlock.Kind.STATEMENT) {
                JinjaStatement statement = JinjaStatement.read(text, block);
                if (statement.tag().equals("snapshot") && statement.target().length() > 0) {
                    Span name = statement.target();
                    names.add(new PropertiesFile.Name(name.of(text), name));
                }
            }
        }
        return List.copyOf(names);
    }

    private ModelFile read() {
        List<Expr> expressions = new ArrayList<>();
        for (JinjaBlock block : jinja.blocks()) {
            if (block.kind() == JinjaBlock.Kind.VALUE) {
                expressions.add(parse(new Span(block.contentStart(), block.contentEnd())));
            } else {
                JinjaStatement statement = JinjaStatement.read(text, block);
                for (Span span : statement.expressions()) {
                    Expr expression = parse(span);
                    expressions.add(expression);
                    if (statement.target().length() > 0) {
                        values.bind(
                                statement.target().of(text),
                                expression,
                                statement.tag().equals("for"));
                    }
                }
            }
        }
        expressions.forEach(e -> ExpressionTree.calls(e, this::call));
        return new ModelFile(
                path,
                text,
                List.copyOf(references),
                List.copyOf(unknown),
                List.copyOf(config),
                Optional.empty(),
                jinja.problems());
    }

    private Expr parse(Span span) {
        int start = span.start();
        while (start < span.end() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return Parser.parseExpression(jinja.expressions(), start, span.end()).expression();
    }

    private void call(Expr.Call call) {
        switch (callee(call)) {
            case "ref" -> ref(call);
            case "source" -> source(call);
            case "config" -> config(call);
            default -> {}
        }
    }

    /** {@code ref}, and dbt's {@code builtins.ref} inside an overridden macro. */
    private static String callee(Expr.Call call) {
        if (call.callee() instanceof Expr.Name name) {
            return name.id();
        }
        return call.callee() instanceof Expr.Attribute attribute
                        && attribute.value() instanceof Expr.Name base
                        && base.id().equals("builtins")
                ? attribute.name()
                : "";
    }

    private void ref(Expr.Call call) {
        List<Expr> names = positional(call);
        keyword(call, "model_name").ifPresent(names::add);
        Optional<Expr> version = keyword(call, "v").or(() -> keyword(call, "version"));
        Optional<String> versionText = version.flatMap(values::version);
        if (names.isEmpty() || names.size() > 2) {
            wrong(
                    call,
                    call.span(),
                    "ref() takes the name of a model, or a package and a name:"
                            + " {{ ref('my_model') }}.");
            return;
        }
        if (version.isPresent() && versionText.isEmpty()) {
            dynamic(call, version.get());
            return;
        }
        Expr name = names.get(names.size() - 1);
        Optional<Expr> packageName =
                names.size() == 2 ? Optional.of(names.get(0)) : Optional.empty();
        if (packageName.isEmpty()) {
            for (Known n : known(call, name)) {
                add(call, model(Optional.empty(), n.text(), versionText), names, List.of(n));
            }
        } else {
            List<Known> packages = known(call, packageName.get());
            if (!packages.isEmpty()) {
                Known owner = packages.get(0);
                for (Known n : known(call, name)) {
                    Target target = model(Optional.of(owner.text()), n.text(), versionText);
                    add(call, target, names, List.of(owner, n));
                }
            }
        }
    }

    private static Target model(Optional<String> packageName, String name, Optional<String> v) {
        return new ModelTarget(packageName, name, v);
    }

    private void source(Expr.Call call) {
        List<Expr> names = positional(call);
        keyword(call, "source_name").ifPresent(names::add);
        keyword(call, "table_name").ifPresent(names::add);
        if (names.isEmpty() || names.size() > 2) {
            wrong(
                    call,
                    call.span(),
                    "source() takes a source and a table: {{ source('my_source', 'my_table') }}.");
            return;
        }
        List<Known> sources = known(call, names.get(0));
        if (!sources.isEmpty()) {
            // A source alone is text being typed: a table without a name.
            List<Known> tables =
                    names.size() == 1
                            ? List.of(new Known("", Optional.empty()))
                            : known(call, names.get(1));
            for (Known source : sources) {
                for (Known table : tables) {
                    Target target = new SourceTarget(source.text(), table.text());
                    add(call, target, names, List.of(source, table));
                }
            }
        }
    }

    private void add(Expr.Call call, Target target, List<Expr> names, List<Known> texts) {
        references.add(
                new Reference(
                        target,
                        Origin.CALL,
                        call.span(),
                        names.stream().map(SqlModelReader::nameSpan).toList(),
                        texts.stream().limit(names.size()).map(Known::written).toList()));
    }

    private static Span nameSpan(Expr name) {
        return name instanceof Expr.Str str
                ? new Span(str.literal().contentStart(), str.literal().contentEnd())
                : name.span();
    }

    /** The names that an argument can stand for; none, with a note, when nobody can know. */
    private List<Known> known(Expr.Call call, Expr argument) {
        List<Known> names = values.known(argument);
        if (names.isEmpty()) {
            if (argument instanceof Expr.Num || argument instanceof Expr.Constant) {
                wrong(call, argument.span(), "A name is a text: put it in quotes.");
            } else {
                dynamic(call, argument);
            }
        }
        return names;
    }

    private void wrong(Expr.Call call, Span span, String message) {
        unknown.add(new UnknownReference(span, call.span(), true, message));
    }

    private void dynamic(Expr.Call call, Expr argument) {
        unknown.add(
                new UnknownReference(
                        argument.span(),
                        call.span(),
                        false,
                        "What this reads is only known when the template is rendered."));
    }

    private void config(Expr.Call call) {
        for (Arg argument : call.arguments()) {
            if (argument.kind() == Arg.Kind.KEYWORD) {
                entry(
                        argument.name(),
                        new Span(argument.start(), argument.nameEnd()),
                        argument.value());
            } else if (argument.value() instanceof Expr.Dict dict) {
                for (int i = 0; i < dict.keys().size(); i++) {
                    if (dict.keys().get(i) instanceof Expr.Str key) {
                        entry(key.value(), nameSpan(key), dict.values().get(i));
                    }
                }
            }
        }
    }

    private void entry(String key, Span keySpan, Expr value) {
        config.add(new ConfigEntry(key, keySpan, values.value(value), value.span()));
    }

    private static List<Expr> positional(Expr.Call call) {
        List<Expr> values = new ArrayList<>();
        for (Arg argument : call.arguments()) {
            if (argument.kind() == Arg.Kind.POSITIONAL && argument.value().isPresent()) {
                values.add(argument.value());
            }
        }
        return values;
    }

    private static Optional<Expr> keyword(Expr.Call call, String name) {
        Map<String, Expr> keywords = new LinkedHashMap<>();
        for (Arg argument : call.arguments()) {
            if (argument.kind() == Arg.Kind.KEYWORD) {
                keywords.put(argument.name(), argument.value());
            }
        }
        return Optional.ofNullable(keywords.get(name));
    }
}
