package dev.dvtls.cli;

import dev.dvtls.python.ExceptHandler;
import dev.dvtls.python.ImportName;
import dev.dvtls.python.Param;
import dev.dvtls.python.Parameters;
import dev.dvtls.python.Pattern;
import dev.dvtls.python.Stmt;
import dev.dvtls.python.TypeParam;
import java.util.ArrayList;
import java.util.List;

/** The facts of statements and patterns. */
final class StatementFacts {
    private final SyntaxFacts facts;

    StatementFacts(SyntaxFacts facts) {
        this.facts = facts;
    }

    void body(List<Stmt> body) {
        body.forEach(this::statement);
    }

    private void statement(Stmt s) {
        if (s instanceof Stmt.ExprStmt e) {
            facts.expr(e.value());
        } else if (s instanceof Stmt.Assign assign) {
            assign.targets().forEach(facts::bind);
            facts.expr(assign.value());
        } else if (s instanceof Stmt.AugAssign assign) {
            facts.bind(assign.target());
            facts.expr(assign.value());
        } else if (s instanceof Stmt.AnnAssign assign) {
            facts.bind(assign.target());
            facts.expr(assign.annotation());
            facts.expr(assign.value());
        } else if (s instanceof Stmt.Return r) {
            facts.fact(r.start(), r.value().isPresent() ? "RETURN value" : "RETURN");
            facts.expr(r.value());
        } else if (s instanceof Stmt.Delete delete) {
            facts.all(delete.targets());
        } else if (s instanceof Stmt.Raise raise) {
            facts.expr(raise.exception());
            facts.expr(raise.cause());
        } else if (s instanceof Stmt.Assert a) {
            facts.expr(a.test());
            facts.expr(a.message());
        } else if (s instanceof Stmt.TypeAlias alias) {
            facts.bind(alias.name());
            typeParams(alias.typeParams());
            facts.expr(alias.value());
        } else if (s instanceof Stmt.Import i) {
            i.names().forEach(n -> facts.fact(i.start(), "IMPORT " + imported(n)));
        } else if (s instanceof Stmt.ImportFrom i) {
            String from = "FROM " + ".".repeat(i.level()) + i.module() + " IMPORT ";
            i.names().forEach(n -> facts.fact(i.start(), from + imported(n)));
        } else {
            compound(s);
        }
    }

    private static String imported(ImportName name) {
        return name.name() + name.as().map(as -> " as " + as.id()).orElse("");
    }

    private void compound(Stmt s) {
        if (s instanceof Stmt.FunctionDef f) {
            String kind = f.async() ? "ADEF " : "DEF ";
            facts.fact(f.start(), kind + f.name().id() + "(" + signature(f.parameters()) + ")");
            facts.all(f.decorators());
            typeParams(f.typeParams());
            parameters(f.parameters());
            facts.expr(f.returns());
            body(f.body());
        } else if (s instanceof Stmt.ClassDef c) {
            facts.fact(c.start(), "CLASS " + c.name().id());
            facts.all(c.decorators());
            typeParams(c.typeParams());
            c.arguments().forEach(a -> facts.expr(a.value()));
            body(c.body());
        } else if (s instanceof Stmt.If i) {
            facts.expr(i.test());
            body(i.body());
            body(i.orElse());
        } else if (s instanceof Stmt.For f) {
            facts.bind(f.target());
            facts.expr(f.iterable());
            body(f.body());
            body(f.orElse());
        } else if (s instanceof Stmt.While w) {
            facts.expr(w.test());
            body(w.body());
            body(w.orElse());
        } else if (s instanceof Stmt.With w) {
            w.items()
                    .forEach(
                            item -> {
                                facts.expr(item.context());
                                facts.bind(item.target());
                            });
            body(w.body());
        } else if (s instanceof Stmt.Try t) {
            body(t.body());
            t.handlers().forEach(this::handler);
            body(t.orElse());
            body(t.finallyBody());
        } else if (s instanceof Stmt.Match m) {
            facts.expr(m.subject());
            m.cases()
                    .forEach(
                            c -> {
                                pattern(c.pattern());
                                facts.expr(c.guard());
                                body(c.body());
                            });
        }
    }

    private void handler(ExceptHandler handler) {
        handler.name().ifPresent(name -> facts.fact(handler.start(), "BIND " + name.id()));
        facts.expr(handler.type());
        body(handler.body());
    }

    private void pattern(Pattern p) {
        if (p instanceof Pattern.Value value) {
            facts.expr(value.value());
        } else if (p instanceof Pattern.As as) {
            as.pattern().ifPresent(this::pattern);
        } else if (p instanceof Pattern.Or or) {
            or.alternatives().forEach(this::pattern);
        } else if (p instanceof Pattern.Sequence sequence) {
            sequence.items().forEach(this::pattern);
        } else if (p instanceof Pattern.Mapping mapping) {
            facts.all(mapping.keys());
            mapping.values().forEach(this::pattern);
        } else if (p instanceof Pattern.ClassPattern c) {
            facts.expr(c.type());
            c.positional().forEach(this::pattern);
            c.keywordPatterns().forEach(this::pattern);
        }
    }

    private void typeParams(List<TypeParam> params) {
        params.forEach(
                p -> {
                    facts.expr(p.bound());
                    facts.expr(p.defaultValue());
                });
    }

    void parameters(Parameters parameters) {
        parameters
                .items()
                .forEach(
                        p -> {
                            facts.expr(p.annotation());
                            facts.expr(p.defaultValue());
                        });
    }

    /** {@code a, b=, /, *args, c, **kw}. */
    static String signature(Parameters parameters) {
        List<String> out = new ArrayList<>();
        boolean positionalOnly = false;
        boolean star = false;
        for (Param p : parameters.items()) {
            if (positionalOnly && p.kind() != Param.Kind.POSITIONAL_ONLY) {
                out.add("/");
            }
            positionalOnly = p.kind() == Param.Kind.POSITIONAL_ONLY;
            if (p.kind() == Param.Kind.KEYWORD_ONLY && !star) {
                out.add("*");
            }
            star |= p.kind() == Param.Kind.KEYWORD_ONLY || p.kind() == Param.Kind.STAR;
            String prefix =
                    p.kind() == Param.Kind.STAR
                            ? "*"
                            : p.kind() == Param.Kind.DOUBLE_STAR ? "**" : "";
            out.add(prefix + p.name().id() + (p.defaultValue().isPresent() ? "=" : ""));
        }
        if (positionalOnly) {
            out.add("/");
        }
        return String.join(", ", out);
    }
}
