package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Where the name under a cursor stands. */
public final class Uses {
    private Uses() {}

    /** The name at an offset; several where one word means several nodes, as a loop's does. */
    public static List<Occurrence> at(Manifest manifest, Path file, String text, int offset) {
        List<Occurrence> here = in(manifest, file, text);
        List<Occurrence> named = touched(here, offset);
        List<Occurrence> touched =
                named.isEmpty() ? touched(here, ofWord(manifest, file, offset)) : named;
        // Of two that meet at the cursor, the one after it.
        Optional<Span> span =
                touched.stream().map(Occurrence::span).max(Comparator.comparingInt(Span::start));
        return touched.stream().filter(o -> Optional.of(o.span()).equals(span)).toList();
    }

    private static List<Occurrence> touched(List<Occurrence> all, int offset) {
        return all.stream().filter(o -> o.span().length() > 0 && o.span().touches(offset)).toList();
    }

    /** On {@code __model__} of {@code __model__x}: the end of the word, where its name is. */
    private static int ofWord(Manifest manifest, Path file, int offset) {
        return Pointed.inSql(manifest, file)
                .map(Reference::span)
                .filter(span -> span.touches(offset))
                .mapToInt(Span::end)
                .findFirst()
                .orElse(offset);
    }

    /**
     * Every place of the name at an offset, by file, then in source order.
     *
     * @param definitions also where the name is given: the file, entries of properties and sources
     * @param beside names in files that the manifest does not hold
     */
    public static List<Occurrence> references(
            Manifest manifest,
            Path file,
            String text,
            int offset,
            boolean definitions,
            Supplier<List<Occurrence>> beside) {
        Set<Occurrence.Named> wanted = new HashSet<>();
        at(manifest, file, text, offset).forEach(o -> wanted.add(o.named()));
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Occurrence> all = new ArrayList<>();
        wanted.forEach(named -> all.addAll(manifest.occurrences(named)));
        beside.get().stream().filter(o -> wanted.contains(o.named())).forEach(all::add);
        return inOrder(all).stream().filter(o -> definitions || !o.role().isDefinition()).toList();
    }

    /** The places of the name at an offset that are in the same file. */
    public static List<Occurrence> highlights(
            Manifest manifest, Path file, String text, int offset) {
        Set<Occurrence.Named> named = new HashSet<>();
        at(manifest, file, text, offset).forEach(o -> named.add(o.named()));
        return inOrder(
                in(manifest, file, text).stream()
                        .filter(o -> named.contains(o.named()) && o.span().length() > 0)
                        .toList());
    }

    /** Those of a file, also of one that the project does not read: a macro, a test. */
    private static List<Occurrence> in(Manifest manifest, Path file, String text) {
        boolean held = manifest.file(file).isPresent() || manifest.properties(file).isPresent();
        return !held && file.toString().matches(".*\\.(sql|ya?ml)")
                ? manifest.occurrencesIn(file, text)
                : manifest.occurrencesIn(file);
    }

    /** By file, then in source order, each place once. */
    static List<Occurrence> inOrder(List<Occurrence> occurrences) {
        record Place(Path file, Span span) {}
        Set<Place> seen = new HashSet<>();
        return occurrences.stream()
                .filter(o -> seen.add(new Place(o.file(), o.span())))
                .sorted(
                        Comparator.comparing(Occurrence::file)
                                .thenComparingInt(o -> o.span().start()))
                .toList();
    }
}
