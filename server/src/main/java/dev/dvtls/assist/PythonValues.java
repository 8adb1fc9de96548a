package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ParsedExpression;
import dev.dvtls.python.Parser;
import dev.dvtls.python.Stmt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What expressions of a Python model stand for, where that is certain: the session, relations, and
 * frames made of them. Names are followed to the last assignment above the cursor.
 */
final class PythonValues {
    /** What a value is. */
    enum Kind {
        SESSION,
        RELATION,
        PANDAS,
        POLARS,
        ARROW
    }

    /**
     * @param node whose rows and columns it has; empty: others
     */
    record Value(Kind kind, Optional<Node> node) {}

    /** Relation methods that leave the columns as they are. */
    private static final Set<String> SAME_COLUMNS =
            Set.of("filter", "order", "sort", "limit", "distinct", "set_alias", "alias", "sample");

    private static final Set<String> RELATIONS =
            Set.of(
                    "select",
                    "project",
                    "aggregate",
                    "join",
                    "union",
                    "except_",
                    "intersect",
                    "cross",
                    "query",
                    "map",
                    "describe");

    private static final Set<String> PANDAS = Set.of("df", "to_df", "fetchdf", "to_pandas");
    private static final Set<String> POLARS = Set.of("pl", "to_polars");
    private static final Set<String> ARROW =
            Set.of("arrow", "to_arrow", "to_arrow_table", "fetch_arrow_table");

    /** Methods of a frame that keep its columns. */
    private static final Set<String> SAME_FRAME =
            Set.of(
                    "copy",
                    "clone",
                    "head",
                    "tail",
                    "dropna",
                    "drop_nulls",
                    "fillna",
                    "drop_duplicates",
                    "unique",
                    "sort_values",
                    "sort",
                    "filter",
                    "query",
                    "sample");

    /** Methods of the session that return a relation. */
    private static final Set<String> SESSION_RELATIONS =
            Set.of(
                    "sql",
                    "query",
                    "from_query",
                    "table",
                    "view",
                    "from_df",
                    "from_arrow",
                    "read_csv",
                    "read_parquet",
                    "read_json",
                    "values");

    private static final Set<String> SESSIONS = Set.of("cursor", "execute", "executemany");

    private static final Pattern MODEL =
            Pattern.compile("\\bdef\\s+model\\s*\\(\\s*dbt\\b[^,()]*,\\s*(\\w+)");

    private static final int DEEPEST = 12;
    private static final int LONGEST = 4_000;

    private final Manifest manifest;
    private final Path file;
    private final String text;
    private final int offset;

    /**
     * @param offset names are looked for above it
     */
    PythonValues(Manifest manifest, Path file, String text, int offset) {
        this.manifest = manifest;
        this.file = file;
        this.text = text;
        this.offset = offset;
    }

    Optional<Value> of(String expression) {
        if (expression.isEmpty() || expression.length() > LONGEST) {
            return Optional.empty();
        }
        ParsedExpression parsed = Parser.parseExpression(expression, 0, expression.length());
        return parsed.problems().isEmpty() ? of(parsed.expression(), offset, 0) : Optional.empty();
    }

    /** The node that a name of a session's SQL means: {@code __model__x}, {@code source__table}. */
    Optional<Node> sessionTable(String name) {
        return SessionTables.resolve(manifest, file, name);
    }

    /** A node whose relation or frame a variable holds: DuckDB finds those by name. */
    Optional<Node> variable(String name) {
        return assigned(name, offset, 0).flatMap(Value::node);
    }

    /**
     * @param before where names are looked for above
     */
    private Optional<Value> of(Expr e, int before, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (e instanceof Expr.Name name) {
            return isSession(name.id())
                    ? Optional.of(new Value(Kind.SESSION, Optional.empty()))
                    : assigned(name.id(), before, depth + 1);
        }
        if (e instanceof Expr.Call call
                && call.callee() instanceof Expr.Attribute method
                && method.value().isPresent()) {
            return called(method, call.arguments(), before, depth);
        }
        if (e instanceof Expr.Call call && call.callee() instanceof Expr.Name name) {
            return name.id().equals("ref") || name.id().equals("source")
                    ? Optional.empty()
                    : aliased(name.id(), call.arguments(), before);
        }
        return Optional.empty();
    }

    private Optional<Value> called(
            Expr.Attribute method, List<Arg> arguments, int before, int depth) {
        String name = method.name();
        if (method.value() instanceof Expr.Name object && isDbt(object.id(), before)) {
            return relation(name, arguments);
        }
        Optional<Value> of = of(method.value(), before, depth + 1);
        return of.flatMap(
                value ->
                        switch (value.kind()) {
                            case SESSION -> ofSession(name, arguments);
                            case RELATION -> ofRelation(value, name);
                            case PANDAS, POLARS, ARROW ->
                                    SAME_FRAME.contains(name)
                                            ? Optional.of(value)
                                            : Optional.empty();
                        });
    }

    private Optional<Value> ofSession(String method, List<Arg> arguments) {
        if (SESSIONS.contains(method)) {
            return Optional.of(new Value(Kind.SESSION, Optional.empty()));
        } else if (method.equals("table") || method.equals("view")) {
            List<String> names = strings(arguments);
            return Optional.of(
                    new Value(
                            Kind.RELATION,
                            names.size() == 1 ? sessionTable(names.get(0)) : Optional.empty()));
        } else if (SESSION_RELATIONS.contains(method)) {
            return Optional.of(new Value(Kind.RELATION, Optional.empty()));
        }
        return frame(method, Optional.empty());
    }

    private static Optional<Value> ofRelation(Value relation, String method) {
        if (SAME_COLUMNS.contains(method)) {
            return Optional.of(relation);
        } else if (RELATIONS.contains(method)) {
            return Optional.of(new Value(Kind.RELATION, Optional.empty()));
        }
        return frame(method, relation.node());
    }

    private static Optional<Value> frame(String method, Optional<Node> node) {
        return PANDAS.contains(method)
                ? Optional.of(new Value(Kind.PANDAS, node))
                : POLARS.contains(method)
                        ? Optional.of(new Value(Kind.POLARS, node))
                        : ARROW.contains(method)
                                ? Optional.of(new Value(Kind.ARROW, node))
                                : Optional.empty();
    }

    /** {@code dbt.ref(...)} and {@code dbt.source(...)}; of a wrong name, a relation unknown. */
    private Optional<Value> relation(String method, List<Arg> arguments) {
        List<String> names = strings(arguments);
        if (method.equals("ref")) {
            Optional<String> inPackage =
                    names.size() == 2 ? Optional.of(names.get(0)) : Optional.empty();
            return Optional.of(
                    new Value(
                            Kind.RELATION,
                            names.isEmpty() || names.size() > 2
                                    ? Optional.empty()
                                    : found(
                                            new ModelTarget(
                                                    inPackage,
                                                    names.get(names.size() - 1),
                                                    version(arguments)))));
        } else if (method.equals("source")) {
            return Optional.of(
                    new Value(
                            Kind.RELATION,
                            names.size() == 2
                                    ? found(new SourceTarget(names.get(0), names.get(1)))
                                    : Optional.empty()));
        }
        return Optional.empty();
    }

    private Optional<Node> found(dev.dvtls.manifest.Reference.Target target) {
        return manifest.resolve(target) instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }

    private static Optional<String> version(List<Arg> arguments) {
        return arguments.stream()
                .filter(a -> a.name().equals("v") || a.name().equals("version"))
                .findFirst()
                .flatMap(
                        a ->
                                a.value() instanceof Expr.Num number
                                        ? Optional.of(number.text())
                                        : a.value() instanceof Expr.Str text
                                                ? Optional.of(text.value())
                                                : Optional.empty());
    }

    /** Literal names among the arguments, versions apart; none when one is not literal. */
    private static List<String> strings(List<Arg> arguments) {
        List<String> names = new ArrayList<>();
        for (Arg argument : arguments) {
            if (argument.name().equals("v") || argument.name().equals("version")) {
                continue;
            }
            if (!(argument.value() instanceof Expr.Str text)) {
                return List.of();
            }
            names.add(text.value());
        }
        return names;
    }

    private Optional<Value> aliased(String name, List<Arg> arguments, int before) {
        return lastAssignment(name, before)
                .map(a -> a.value().strip())
                .filter(value -> value.matches("\\w+\\s*\\.\\s*(ref|source)"))
                .flatMap(value -> relation(value.replaceAll("^.*\\.\\s*", ""), arguments));
    }

    private boolean isDbt(String name, int before) {
        return name.equals("dbt")
                || lastAssignment(name, before)
                        .filter(a -> a.value().strip().equals("dbt"))
                        .isPresent();
    }

    private boolean isSession(String name) {
        Matcher model = MODEL.matcher(text);
        return name.equals("session") || (model.find() && model.group(1).equals(name));
    }

    private Optional<Value> assigned(String name, int before, int depth) {
        Optional<Assignment> last = lastAssignment(name, before);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        int end = Math.min(Math.min(offset, text.length()), last.get().start() + LONGEST);
        List<Stmt> read =
                Parser.parse(text.substring(last.get().start(), Math.max(end, last.get().start())))
                        .module()
                        .body();
        return !read.isEmpty() && read.get(0) instanceof Stmt.ExprStmt statement
                ? of(statement.value(), last.get().line(), depth)
                : Optional.empty();
    }

    /**
     * @param value the rest of its line, without a comment
     * @param line where it begins
     * @param start where the value begins
     */
    private record Assignment(String value, int line, int start) {}

    private Optional<Assignment> lastAssignment(String name, int before) {
        Matcher matcher =
                Pattern.compile(
                                "(?m)^[ \\t]*"
                                        + Pattern.quote(name)
                                        + "[ \\t]*(?::[^=\\r\\n]*)?=(?!=)[ \\t]*([^#\\r\\n]*)")
                        .matcher(text.substring(0, Math.min(before, text.length())));
        Optional<Assignment> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(new Assignment(matcher.group(1), matcher.start(), matcher.start(1)));
        }
        return last;
    }
}
