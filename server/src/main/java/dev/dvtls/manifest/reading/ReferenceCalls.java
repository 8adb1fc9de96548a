package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.ModelFile.UnknownReference;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Origin;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.manifest.reading.CallArguments.Given;
import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.manifest.reading.Value.Scalar;
import dev.dvtls.python.Arg;
import dev.dvtls.python.Expr;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code dbt.ref()} and {@code dbt.source()} calls. */
final class ReferenceCalls {
    private static final Set<String> MODEL = Set.of("name", "model_name", "model");
    private static final Set<String> PACKAGE =
            Set.of("package", "package_name", "project", "project_name");
    private static final Set<String> VERSION = Set.of("v", "version");
    private static final Set<String> SOURCE = Set.of("source_name", "source");
    private static final Set<String> TABLE = Set.of("table_name", "table", "name");

    private final Constants constants;
    private final Set<Reference> references = new LinkedHashSet<>();
    private final Set<UnknownReference> unknown = new LinkedHashSet<>();

    ReferenceCalls(Constants constants) {
        this.constants = constants;
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    List<UnknownReference> unknown() {
        return List.copyOf(unknown);
    }

    void ref(CallSite site) {
        boolean all =
                Choices.each(
                        choices -> ref(site.call(), CallArguments.of(site, constants, choices)));
        tooMany(site.call(), all, "ref");
    }

    void source(CallSite site) {
        boolean all =
                Choices.each(
                        choices -> source(site.call(), CallArguments.of(site, constants, choices)));
        tooMany(site.call(), all, "source");
    }

    /** {@code map(dbt.ref, names)}: a call for each element. */
    void mapped(CallSite site, Expr names, boolean isRef) {
        if (!isRef) {
            dynamic(names.span(), site.call(), "source", names);
            return;
        }
        Choices.each(
                choices -> {
                    Value name =
                            new Elements(constants).of(names, site.scope(), choices, site.call());
                    ref(
                            site.call(),
                            new CallArguments(
                                    List.of(new Given(name, names)), List.of(), List.of()));
                });
    }

    private void ref(Expr.Call call, CallArguments arguments) {
        if (hidden(call, arguments, "ref")) {
            return;
        }
        List<Given> positional = arguments.positional();
        if (positional.size() > 2) {
            wrong(
                    positional.get(2).at().span(),
                    call,
                    "ref() takes a model, or a package and a model; this call has "
                            + positional.size()
                            + " arguments.");
            return;
        }
        boolean two = positional.size() == 2;
        Optional<Given> name = two ? Optional.of(positional.get(1)) : arguments.get(0, MODEL);
        Optional<Given> owner = two ? Optional.of(positional.get(0)) : arguments.named(PACKAGE);
        Optional<Given> version = arguments.named(VERSION);
        if (name.isEmpty()) {
            if (call.closed()) {
                wrong(call.span(), call, "ref() names no model.");
            }
            return;
        }
        if (!isString(name.get(), call, "ref", "name")
                || (owner.isPresent() && !isString(owner.get(), call, "ref", "package"))
                || (version.isPresent() && !isVersion(version.get(), call))) {
            return;
        }
        List<Given> names = new ArrayList<>(owner.stream().toList());
        names.add(name.get());
        add(
                new ModelTarget(
                        owner.map(ReferenceCalls::string),
                        string(name.get()),
                        version.map(v -> v.value())
                                .filter(v -> v != Plain.NONE)
                                .map(v -> String.valueOf(Value.plain(v)))),
                call,
                names);
    }

    private void source(Expr.Call call, CallArguments arguments) {
        if (hidden(call, arguments, "source")) {
            return;
        }
        Optional<Given> source = arguments.get(0, SOURCE);
        Optional<Given> table = arguments.get(1, TABLE);
        int given = arguments.positional().size() + arguments.named().size();
        if (given > 2) {
            Span extra =
                    arguments.positional().size() > 2
                            ? arguments.positional().get(2).at().span()
                            : call.span();
            wrong(
                    extra,
                    call,
                    "source() takes a source and a table; this call has " + given + " arguments.");
            return;
        }
        if (source.isEmpty() || table.isEmpty()) {
            if (call.closed()) {
                wrong(
                        call.span(),
                        call,
                        given == 0
                                ? "source() names no source and no table."
                                : "source() takes a source and a table; this call has one"
                                        + " argument.");
            }
            return;
        }
        if (isString(source.get(), call, "source", "source")
                && isString(table.get(), call, "source", "table")) {
            add(
                    new SourceTarget(string(source.get()), string(table.get())),
                    call,
                    List.of(source.get(), table.get()));
        }
    }

    private void add(Reference.Target target, Expr.Call call, List<Given> names) {
        references.add(
                new Reference(
                        target,
                        Origin.CALL,
                        call.span(),
                        names.stream().map(given -> CallArguments.name(given.at())).toList(),
                        names.stream().map(CallArguments::written).toList()));
    }

    private static String string(Given given) {
        return given.value() instanceof Value.Text text ? text.value() : "";
    }

    private boolean isString(Given given, Expr.Call call, String function, String what) {
        Value value = given.value();
        if (value instanceof Value.Text text && text.exact() && !text.hasHoles()) {
            return true;
        }
        if (value instanceof Value.Text || value == Plain.UNKNOWN) {
            if (isBytes(given.at())) {
                wrong(given.at().span(), call, mustBeString(function, what, "bytes"));
            } else {
                dynamic(given.at().span(), call, function, given.at());
            }
        } else if (value != Plain.NEVER) {
            wrong(given.at().span(), call, mustBeString(function, what, shown(value)));
        }
        return false;
    }

    private static boolean isBytes(Expr e) {
        return e instanceof Expr.Str string && string.isBytes();
    }

    private static String mustBeString(String function, String what, String found) {
        return "The " + what + " given to " + function + "() must be a string, not " + found + ".";
    }

    private static String shown(Value value) {
        if (value instanceof Value.Items) {
            return "a list";
        }
        if (value instanceof Value.Pairs) {
            return "a dict";
        }
        Object plain = Value.plain(value);
        return plain == Plain.NONE
                ? "None"
                : plain.equals(true) ? "True" : plain.equals(false) ? "False" : plain.toString();
    }

    private boolean isVersion(Given given, Expr.Call call) {
        Value value = given.value();
        if ((value instanceof Scalar scalar && scalar.value() instanceof Number)
                || value == Plain.NONE) {
            return true;
        }
        return isString(given, call, "ref", "version");
    }

    private boolean hidden(Expr.Call call, CallArguments arguments, String function) {
        for (Span span : arguments.unknown()) {
            unknown.add(
                    new UnknownReference(
                            span,
                            call.span(),
                            false,
                            "What "
                                    + function
                                    + "() reads cannot be known before the model runs:"
                                    + " the arguments come from a value that is not a literal."));
        }
        return !arguments.unknown().isEmpty();
    }

    private void dynamic(Span span, Expr.Call call, String function, Expr at) {
        String subject =
                at instanceof Expr.Name name
                        ? "'" + name.id() + "' is not bound once to a literal string"
                        : at instanceof Expr.FString
                                ? "the f-string holds a value that is not constant"
                                : "its argument is not a literal string";
        unknown.add(
                new UnknownReference(
                        span,
                        call.span(),
                        false,
                        "What "
                                + function
                                + "() reads cannot be known before the model runs: "
                                + subject
                                + "."));
    }

    private void wrong(Span span, Expr.Call call, String message) {
        unknown.add(new UnknownReference(span, call.span(), true, message));
    }

    private void tooMany(Expr.Call call, boolean all, String function) {
        if (!all) {
            Span span = call.arguments().stream().findFirst().map(Arg::span).orElse(call.span());
            unknown.add(
                    new UnknownReference(
                            span,
                            call.span(),
                            false,
                            "What "
                                    + function
                                    + "() reads is not followed any further: its"
                                    + " argument has too many possible values."));
        }
    }
}
