package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ModelFile.UnknownReference;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.PythonModel.VarCall;
import dev.dvtls.manifest.Reference;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Comment;
import dev.dvtls.python.Expr;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Parser;
import dev.dvtls.python.SyntaxProblem;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads one {@code .py} model: every call of it, dispatched on what is called. */
public final class ModelReading {
    private final FileScopes scopes;
    private final KnownObjects objects;
    private final KnownObjects handedOn;
    private final ReferenceCalls references;
    private final ConfigCalls config;
    private final SessionSql sql;
    private final List<Span> incrementalCalls = new ArrayList<>();
    private final List<Span> lostCalls = new ArrayList<>();
    private final List<VarCall> vars = new ArrayList<>();

    private ModelReading(FileScopes scopes, String self) {
        Constants constants = new Constants(scopes);
        this.scopes = scopes;
        this.objects = new KnownObjects(scopes, true);
        this.handedOn = new KnownObjects(scopes, false);
        this.references = new ReferenceCalls(constants);
        this.config = new ConfigCalls(constants);
        this.sql = new SessionSql(constants, self);
    }

    /** Never throws: of a broken text it says what can be read. */
    public static ModelFile read(Path path, String text) {
        ParsedFile parsed = Parser.parse(text);
        FileScopes scopes = FileScopes.of(parsed.module());
        List<Span> jinja = List.of();
        List<SyntaxProblem> problems = parsed.problems();
        if (JinjaInCode.isPossible(text)) {
            jinja = JinjaInCode.find(text, stringsAndComments(parsed, scopes));
            if (!jinja.isEmpty()) {
                parsed = Parser.parse(JinjaInCode.masked(text, jinja));
                scopes = FileScopes.of(parsed.module());
                problems = withoutThoseOfJinja(parsed.problems(), text, jinja);
            }
        }
        ModelReading reading = new ModelReading(scopes, modelName(path));
        scopes.calls().forEach(reading::call);
        return reading.result(path, text, parsed, jinja, problems);
    }

    private static String modelName(Path path) {
        Path name = path.getFileName();
        String file = name == null ? "" : name.toString();
        return file.endsWith(".py") ? file.substring(0, file.length() - 3) : file;
    }

    private static List<Span> stringsAndComments(ParsedFile parsed, FileScopes scopes) {
        List<Span> all = new ArrayList<>(scopes.strings());
        parsed.comments().stream().map(Comment::span).forEach(all::add);
        all.sort(Comparator.comparingInt(Span::start));
        return all;
    }

    /** Between the first tag and the last, indentation means nothing to Python any more. */
    private static List<SyntaxProblem> withoutThoseOfJinja(
            List<SyntaxProblem> problems, String text, List<Span> jinja) {
        List<Span> blocks = new ArrayList<>(jinja);
        List<Span> tags = jinja.stream().filter(s -> text.charAt(s.start() + 1) == '%').toList();
        if (!tags.isEmpty()) {
            blocks.add(new Span(tags.get(0).start(), tags.get(tags.size() - 1).end()));
        }
        return problems.stream()
                .filter(
                        p ->
                                blocks.stream()
                                        .noneMatch(
                                                b ->
                                                        p.span().start() <= b.end()
                                                                && p.span().end() >= b.start()))
                .toList();
    }

    private void call(CallSite site) {
        if (site.call().callee() instanceof Expr.Name name) {
            if (name.id().equals("map") && site.call().arguments().size() == 2) {
                mapped(site);
            } else if (site.scope().lookup(name.id()) != Scope.Variable.UNBOUND) {
                known(site, name.id());
            }
        } else if (site.call().callee() instanceof Expr.Attribute method) {
            attribute(site, method.name());
        } else {
            known(site, "");
        }
    }

    /** Looks only at calls whose name can be one of ours: most calls of a model are pandas'. */
    private void attribute(CallSite site, String name) {
        switch (name) {
            case "ref", "source", "config", "get", "is_incremental", "var" -> known(site, name);
            default -> {
                if (SessionSql.isMaker(name)) {
                    sql.makes(site);
                } else if (SessionSql.isSqlMethod(name) || SessionSql.isForeign(name)) {
                    known(site, name);
                }
            }
        }
    }

    private void known(CallSite site, String name) {
        Known callee = objects.of(site.call().callee(), site.scope());
        if (callee instanceof Known.DbtMember member) {
            switch (member.name()) {
                case "ref" -> {
                    references.ref(site);
                    noteLost(site);
                }
                case "source" -> {
                    references.source(site);
                    noteLost(site);
                }
                case "var" -> variable(site.call());
                case "config" -> config.config(site);
                case "config.get" -> config.get(site.call());
                case "is_incremental" -> incrementalCalls.add(site.call().span());
                default -> {}
            }
        } else if (callee instanceof Known.SessionMember member) {
            if (SessionSql.isSqlMethod(member.name())) {
                boolean own = handedOn.of(site.call().callee(), site.scope()).equals(member);
                sql.call(site, member.name(), own);
            }
        } else if (SessionSql.isForeign(name) && isHandedSession(site)) {
            sql.call(site, "sql", false);
        }
    }

    private void noteLost(CallSite site) {
        if (!scopes.isSeenByDbt(site.call()) || !DbtReading.isPlain(site.call().callee())) {
            lostCalls.add(site.call().span());
        }
    }

    private void variable(Expr.Call call) {
        List<Arg> arguments = call.arguments();
        if (call.closed()
                && arguments.size() == 1
                && arguments.get(0).kind() == Arg.Kind.POSITIONAL
                && arguments.get(0).value() instanceof Expr.Str name) {
            vars.add(new VarCall(name.value(), CallArguments.name(name)));
        }
    }

    private boolean isHandedSession(CallSite site) {
        return site.call().arguments().stream()
                .anyMatch(a -> objects.of(a.value(), site.scope()) == Known.Whole.SESSION);
    }

    private void mapped(CallSite site) {
        List<Arg> arguments = site.call().arguments();
        if (objects.of(arguments.get(0).value(), site.scope()) instanceof Known.DbtMember member
                && (member.name().equals("ref") || member.name().equals("source"))) {
            references.mapped(site, arguments.get(1).value(), member.name().equals("ref"));
            lostCalls.add(site.call().span());
        }
    }

    private ModelFile result(
            Path path,
            String text,
            ParsedFile parsed,
            List<Span> jinja,
            List<SyntaxProblem> problems) {
        List<Reference> all = new ArrayList<>(references.references());
        all.addAll(sql.references());
        all.sort(Comparator.comparingInt(r -> r.span().start()));
        List<UnknownReference> unknown = new ArrayList<>(references.unknown());
        unknown.addAll(sql.unknown());
        unknown.sort(Comparator.comparingInt(r -> r.span().start()));
        List<ModelFile.ConfigEntry> entries = new ArrayList<>(config.entries());
        entries.sort(Comparator.comparingInt(e -> e.keySpan().start()));
        ModelDefinitions definitions = ModelDefinitions.of(parsed.module());
        return new ModelFile(
                path,
                text,
                List.copyOf(all),
                List.copyOf(unknown),
                List.copyOf(entries),
                Optional.of(
                        new PythonModel(
                                parsed,
                                List.copyOf(definitions.models()),
                                List.copyOf(definitions.notModels()),
                                List.copyOf(scopes.imports()),
                                sql.strings(),
                                sql.named(),
                                List.copyOf(jinja),
                                List.copyOf(incrementalCalls),
                                List.copyOf(config.wrong()),
                                List.copyOf(lostCalls),
                                List.copyOf(vars),
                                sql.texts(),
                                sql.made())),
                problems);
    }
}
