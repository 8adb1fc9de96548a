package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.ModelFile.UnknownReference;
import dev.dvtls.manifest.PythonModel.SqlString;
import dev.dvtls.manifest.PythonModel.SqlText;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Origin;
import dev.dvtls.manifest.Reference.SessionTable;
import dev.dvtls.manifest.reading.Value.Text;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.sql.SqlNames;
import dev.dvtls.sql.SqlQualifiers;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the SQL that is given to the session: {@code __model__x} and {@code source__table}. */
final class SessionSql {
    private static final String MODEL = "__model__";
    private static final Set<String> SQL_METHODS =
            Set.of("sql", "execute", "executemany", "query", "from_query");
    private static final Set<String> TABLE_METHODS = Set.of("table", "view");
    private static final Set<String> KEYWORDS = Set.of("query", "sql", "table_name", "view_name");

    /** Functions of other libraries that are handed SQL and the session. */
    private static final Set<String> FOREIGN =
            Set.of("read_sql", "read_sql_query", "read_database", "sql", "query", "execute");

    /** Methods of sessions and relations that make a table, named first. */
    private static final Set<String> MAKERS =
            Set.of("register", "create", "create_view", "to_view", "to_table");

    private final Constants constants;
    private final String self;
    private final Set<Reference> references = new LinkedHashSet<>();
    private final Set<Reference> named = new LinkedHashSet<>();
    private final Set<UnknownReference> unknown = new LinkedHashSet<>();
    private final Set<Expr> strings = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SqlString> sqlStrings = new ArrayList<>();
    private final List<List<SqlText>> texts = new ArrayList<>();
    private final Set<String> made = new LinkedHashSet<>();

    /**
     * @param self name of the model, whose own table is its previous result
     */
    SessionSql(Constants constants, String self) {
        this.constants = constants;
        this.self = self;
    }

    static boolean isSqlMethod(String name) {
        return SQL_METHODS.contains(name) || TABLE_METHODS.contains(name);
    }

    static boolean isForeign(String name) {
        return FOREIGN.contains(name);
    }

    static boolean isMaker(String name) {
        return MAKERS.contains(name);
    }

    /** {@code session.register("name", frame)}, {@code relation.create_view("name")}. */
    void makes(CallSite site) {
        for (Arg name : site.call().arguments().stream().limit(1).toList()) {
            Choices.each(
                    choices -> {
                        if (constants.of(name.value(), site.scope(), choices)
                                instanceof Text text) {
                            made(text.value());
                        }
                    });
        }
    }

    private void made(String name) {
        made.add(name.toLowerCase(Locale.ROOT));
    }

    /** What the model itself makes, in lower case. */
    Set<String> made() {
        return Set.copyOf(made);
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    /** Names that read nothing more: of its own previous result, of a column's table. */
    List<Reference> named() {
        return List.copyOf(named);
    }

    List<UnknownReference> unknown() {
        return List.copyOf(unknown);
    }

    List<SqlString> strings() {
        return List.copyOf(sqlStrings);
    }

    /** Of each call of the model's own session, what it may be given. */
    List<List<SqlText>> texts() {
        return List.copyOf(texts);
    }

    /**
     * @param own certainly a method of the session that the model is given
     */
    void call(CallSite site, String method, boolean own) {
        for (Arg argument : site.call().arguments()) {
            boolean takes =
                    argument.kind() == Arg.Kind.POSITIONAL
                            || (argument.kind() == Arg.Kind.KEYWORD
                                    && KEYWORDS.contains(argument.name()));
            if (takes) {
                text(argument.value(), site, TABLE_METHODS.contains(method), own);
                return; // the rest are parameters and aliases
            }
        }
    }

    private void text(Expr sql, CallSite site, boolean isTable, boolean own) {
        remember(sql, site.scope(), 0);
        List<SqlText> variants = new ArrayList<>();
        boolean all =
                Choices.each(
                        choices -> {
                            if (constants.of(sql, site.scope(), choices) instanceof Text text) {
                                if (isTable) {
                                    table(text, site);
                                } else {
                                    tables(text, site);
                                    variants.add(new SqlText(text.value(), text));
                                }
                            }
                        });
        if (own && all && !variants.isEmpty()) {
            texts.add(List.copyOf(variants));
        }
    }

    private void tables(Text text, CallSite site) {
        String sql = text.value();
        if (sql.contains("__")) {
            List<SqlNames.Found> tables = SqlNames.tables(sql);
            tables.forEach(f -> add(f.name(), f.span(), text, site));
            SqlNames.made(sql).forEach(this::made);
            for (SqlNames.Found column : SqlQualifiers.of(sql, tables)) {
                if (column.name().indexOf(Text.HOLE) < 0) {
                    named.add(reference(column.name(), column.span(), text));
                }
            }
        }
    }

    /** {@code session.table("main.__model__x")}. */
    private void table(Text text, CallSite site) {
        String name = text.value();
        int from = name.lastIndexOf('.') + 1;
        int to = name.length();
        if (to - from > 1 && name.charAt(from) == '"' && name.charAt(to - 1) == '"') {
            from++;
            to--;
        }
        String bare = name.substring(from, to);
        if (bare.startsWith(MODEL) ? bare.length() > MODEL.length() : bare.indexOf("__") > 0) {
            add(bare, new Span(from, to), text, site);
        }
    }

    private void add(String name, Span span, Text text, CallSite site) {
        Span place = text.source(span);
        boolean isModel = name.startsWith(MODEL);
        if (name.indexOf(Text.HOLE) >= 0) {
            if (isModel) {
                unknown.add(
                        new UnknownReference(
                                place,
                                site.call().span(),
                                false,
                                "Which model this SQL reads cannot be known before the model runs:"
                                        + " the name after __model__ is not constant."));
            }
            return;
        }
        if (site.scope().lookup(name) != Scope.Variable.UNBOUND) {
            made(name); // DuckDB reads the frame that the variable holds
        }
        boolean itself = isModel && name.substring(MODEL.length()).equalsIgnoreCase(self);
        (itself ? named : references).add(reference(name, span, text));
    }

    private Reference reference(String name, Span span, Text text) {
        if (!name.startsWith(MODEL)) {
            Span place = text.source(span);
            return new Reference(
                    new SessionTable(name),
                    Origin.SESSION_SQL,
                    place,
                    List.of(place),
                    List.of(text.literal(span)));
        }
        Span bare = new Span(Math.min(span.start() + MODEL.length(), span.end()), span.end());
        String model = name.substring(MODEL.length());
        return new Reference(
                ModelTarget.of(model.equalsIgnoreCase(self) ? self : model),
                Origin.SESSION_SQL,
                text.source(span),
                List.of(text.source(bare)),
                List.of(text.literal(bare)));
    }

    /** The literals that a SQL text is made of, for completion inside them. */
    private void remember(Expr e, Scope scope, int depth) {
        if (depth > 8) {
            return;
        }
        if (e instanceof Expr.Str || e instanceof Expr.FString) {
            if (strings.add(e)) {
                sqlStrings.add(new SqlString(e));
            }
        } else if (e instanceof Expr.Binary sum) {
            remember(sum.left(), scope, depth + 1);
            remember(sum.right(), scope, depth + 1);
        } else if (e instanceof Expr.Conditional either) {
            remember(either.body(), scope, depth + 1);
            remember(either.orElse(), scope, depth + 1);
        } else if (e instanceof Expr.Walrus walrus) {
            remember(walrus.value(), scope, depth + 1);
        } else if (e instanceof Expr.Call call) {
            TextCalls.subject(call).forEach(s -> remember(s, scope, depth + 1));
        } else if (e instanceof Expr.Name name
                && constants.only(name, scope) instanceof Binding.Assigned assigned
                && assigned.path().isEmpty()) {
            remember(assigned.value(), assigned.scope(), depth + 1);
        }
    }
}
