package dev.dvtls.manifest;

import dev.dvtls.python.SyntaxProblem;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one model file says of itself: everything that the manifest and the rules need, with places.
 * Made from a text alone; knows nothing of other files.
 *
 * @param path the file, absolute
 * @param references in source order, repeated ones too
 * @param unknownReferences references whose target cannot be known, and why
 * @param config in-file config calls, in order
 * @param python the rest of a {@code .py} model; empty for {@code .sql}
 * @param problems syntax errors
 */
public record ModelFile(
        Path path,
        String text,
        List<Reference> references,
        List<UnknownReference> unknownReferences,
        List<ConfigEntry> config,
        Optional<PythonModel> python,
        List<SyntaxProblem> problems) {

    /**
     * A {@code ref}/{@code source} call that names nothing known.
     *
     * @param span the argument (or the call, when there is none)
     * @param wrongArguments true when the call can never work ({@code ref()}, {@code ref(5)});
     *     false when dynamic
     * @param message what is wrong, a sentence
     */
    public record UnknownReference(Span span, Span call, boolean wrongArguments, String message) {}

    /**
     * One key of a {@code config(...)} call.
     *
     * @param value a plain value (String, Boolean, Long, Double, List, Map), or empty when it
     *     cannot be known statically
     */
    public record ConfigEntry(String key, Span keySpan, Optional<Object> value, Span valueSpan) {}

    /** What other files can depend on. While this stays equal, an edit touches one file only. */
    public record Declarations(
            Set<Reference.Target> targets, Map<String, Optional<Object>> config, boolean isModel) {}

    /**
     * The file with what rendering it told.
     *
     * @param reads what its text does not show that it reads
     * @param given all that its {@code config()} calls gave
     */
    public ModelFile rendered(Collection<Reference.Target> reads, Map<String, Object> given) {
        Span place =
                unknownReferences.isEmpty()
                        ? new Span(0, 0) // in a macro
                        : unknownReferences.get(0).call();
        List<Reference> all = new ArrayList<>(references);
        for (Reference.Target target : reads) {
            all.add(
                    new Reference(
                            target,
                            Reference.Origin.CALL,
                            place,
                            List.of(place),
                            List.of(Optional.empty())));
        }
        return new ModelFile(
                path, text, List.copyOf(all), unknownReferences, entries(given), python, problems);
    }

    /** The file with more config, which counts before that of the project and the properties. */
    public ModelFile configured(Map<String, Object> more) {
        List<ConfigEntry> all = new ArrayList<>(config);
        all.addAll(entries(more));
        return new ModelFile(
                path, text, references, unknownReferences, List.copyOf(all), python, problems);
    }

    private static List<ConfigEntry> entries(Map<String, Object> values) {
        Span nowhere = new Span(0, 0);
        return values.entrySet().stream()
                .map(e -> new ConfigEntry(e.getKey(), nowhere, Optional.of(e.getValue()), nowhere))
                .toList();
    }

    public Declarations declarations() {
        Map<String, Optional<Object>> values = new LinkedHashMap<>();
        for (ConfigEntry entry : config) {
            values.merge(entry.key(), entry.value(), ModelFile::later);
        }
        return new Declarations(
                references.stream().map(Reference::target).collect(Collectors.toUnmodifiableSet()),
                Map.copyOf(values),
                true);
    }

    /** dbt lets a later call override an earlier one; tags add up. */
    private static Optional<Object> later(Optional<Object> a, Optional<Object> b) {
        if (a.isPresent()
                && b.isPresent()
                && a.get() instanceof List<?> x
                && b.get() instanceof List<?> y) {
            List<Object> both = new ArrayList<>(x);
            both.addAll(y);
            return Optional.of(List.copyOf(both));
        }
        return b;
    }
}
