package dev.dvtls.manifest.reading;

import dev.dvtls.manifest.ModelFile.ConfigEntry;
import dev.dvtls.manifest.PythonModel.WrongCall;
import dev.dvtls.manifest.reading.CallArguments.Given;
import dev.dvtls.manifest.reading.CallArguments.Named;
import dev.dvtls.manifest.reading.Value.Plain;
import dev.dvtls.python.Expr;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code dbt.config(...)} calls, and those of {@code dbt.config.get()}. */
final class ConfigCalls {
    /** Stands for keys that cannot be known: {@code dbt.config(**other)}. */
    static final String ANY_KEY = "**";

    private final Constants constants;
    private final List<ConfigEntry> entries = new ArrayList<>();
    private final List<WrongCall> wrong = new ArrayList<>();

    ConfigCalls(Constants constants) {
        this.constants = constants;
    }

    List<ConfigEntry> entries() {
        return entries;
    }

    List<WrongCall> wrong() {
        return wrong;
    }

    void config(CallSite site) {
        Map<String, ConfigEntry> found = new LinkedHashMap<>();
        Choices.each(
                choices -> {
                    for (Named named : arguments(site, choices)) {
                        ConfigEntry entry = entry(named);
                        found.merge(
                                named.name() + named.nameSpan().start(),
                                entry,
                                ConfigCalls::either);
                    }
                });
        found.values().stream()
                .filter(e -> !e.value().equals(Optional.of(Plain.NONE)))
                .forEach(entries::add);
    }

    private List<Named> arguments(CallSite site, Choices choices) {
        CallArguments arguments = CallArguments.of(site, constants, choices);
        List<Named> all = new ArrayList<>();
        for (Given given : arguments.positional()) {
            if (given.value() instanceof Value.Pairs pairs) {
                if (!CallArguments.spread(pairs, given.at(), all)) {
                    all.add(anyKey(given.at().span(), given));
                }
            } else if (given.value() == Plain.UNKNOWN) {
                all.add(anyKey(given.at().span(), given));
            } else {
                refuse(given.at().span());
            }
        }
        if (arguments.positional().size() > 1) {
            refuse(arguments.positional().get(1).at().span());
        }
        all.addAll(arguments.named());
        for (Span span : arguments.unknown()) {
            all.add(
                    anyKey(
                            span,
                            new Given(Plain.UNKNOWN, new Expr.Missing(span.start(), span.end()))));
        }
        return all;
    }

    private static Named anyKey(Span span, Given given) {
        return new Named(ANY_KEY, span, new Given(Plain.UNKNOWN, given.at()));
    }

    private void refuse(Span span) {
        WrongCall call =
                new WrongCall(
                        span,
                        "config() takes keyword arguments, or one dict:"
                                + " config(materialized=\"table\").");
        if (!wrong.contains(call)) {
            wrong.add(call);
        }
    }

    private static ConfigEntry entry(Named named) {
        Object plain = Value.plain(named.given().value());
        Optional<Object> value =
                plain == Plain.NONE
                        ? Optional.of(Plain.NONE)
                        : plain instanceof Plain ? Optional.empty() : Optional.of(plain);
        return new ConfigEntry(named.name(), named.nameSpan(), value, named.given().at().span());
    }

    /** Two ways with two values: not known. */
    private static ConfigEntry either(ConfigEntry a, ConfigEntry b) {
        return a.value().equals(b.value())
                ? a
                : new ConfigEntry(a.key(), a.keySpan(), Optional.empty(), a.valueSpan());
    }

    void get(Expr.Call call) {
        if (call.closed() && call.arguments().isEmpty()) {
            wrong.add(
                    new WrongCall(
                            call.span(),
                            "config.get() needs the key to look up: config.get(\"key\")."));
        } else if (call.arguments().size() > 2) {
            wrong.add(
                    new WrongCall(
                            call.arguments().get(2).span(),
                            "config.get() takes a key and a default; this call has "
                                    + call.arguments().size()
                                    + " arguments."));
        }
    }
}
