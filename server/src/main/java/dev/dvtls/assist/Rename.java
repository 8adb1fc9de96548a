package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Occurrence.Role;
import dev.dvtls.project.PropertiesFile;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gives a model, seed, snapshot, source or table another name, everywhere.
 *
 * @param texts of files, as the editor or else the disk has them
 * @param beside names in files that the manifest does not hold: macros, tests, the project file
 */
public record Rename(
        Manifest manifest,
        Function<Path, Optional<String>> texts,
        Supplier<List<Occurrence>> beside) {

    /**
     * What stands under a cursor.
     *
     * @param span what the editor shows as the old name
     * @param refusal why it cannot be renamed
     */
    public record Prepared(Span span, String name, Optional<String> refusal) {}

    /** What came of it. */
    public sealed interface Outcome {}

    /**
     * @param edits by file, then in source order
     * @param moves files that get another name, after the edits
     */
    public record Changes(List<Edit> edits, List<Move> moves) implements Outcome {
        static final Changes NONE = new Changes(List.of(), List.of());
    }

    /**
     * @param why a sentence for the user
     */
    public record Refused(String why) implements Outcome {}

    /**
     * @param before what stands at the span; a file that has something else there was changed
     */
    public record Edit(Path file, Span span, String before, String after, Why why) {}

    public record Move(Path from, Path to) {}

    /** What an edit is for, which tells how sure it is. */
    public enum Why {
        /** A name in a ref, a source or an entry. */
        NAME,
        /** A constant that a ref takes its name from, and other code perhaps too. */
        LITERAL,
        /** A table's name in a SQL string. */
        SQL_STRING,
        /** Config in the project file. */
        PROJECT,
        /** The schema or identifier that followed from the old name. */
        KEPT
    }

    /** Empty where no name stands. */
    public Optional<Prepared> prepare(Path file, int offset) {
        return here(file, offset)
                .flatMap(
                        place ->
                                Renaming.of(manifest, place.named(), beside)
                                        .map(
                                                r ->
                                                        new Prepared(
                                                                place.span(),
                                                                r.name(),
                                                                new RenameRefusals(r, texts)
                                                                        .always())));
    }

    /**
     * Empty where no name stands.
     *
     * @param exists whether there is such a file on disk
     */
    public Optional<Outcome> to(Path file, int offset, String newName, Predicate<Path> exists) {
        return here(file, offset)
                .flatMap(place -> Renaming.of(manifest, place.named(), beside))
                .map(renaming -> outcome(renaming, newName, moves(renaming, newName), exists));
    }

    /**
     * What follows from another name of a file that the user gives it: nothing where the name of
     * its node stays.
     */
    public Outcome ofFile(Path from, Path to) {
        Optional<Node> node = manifest.nodeOf(from).filter(n -> n.version().isEmpty());
        boolean named =
                node.isPresent()
                        && node.get().kind() != Node.Kind.SNAPSHOT
                        && node.get().name().equals(stem(from))
                        && endings(node.get().kind()).contains(ending(to))
                        && !stem(from).equals(stem(to));
        return named
                ? outcome(
                        Renaming.of(manifest, node.get(), beside),
                        stem(to),
                        List.of(),
                        path -> false)
                : Changes.NONE;
    }

    private Optional<Occurrence> here(Path file, int offset) {
        return Uses.at(manifest, file, texts.apply(file).orElse(""), offset).stream().findFirst();
    }

    private Outcome outcome(
            Renaming renaming, String newName, List<Move> moves, Predicate<Path> exists) {
        if (newName.equals(renaming.name())) {
            return Changes.NONE;
        }
        RenameRefusals refusals = new RenameRefusals(renaming, texts);
        Optional<String> refusal = refusals.of(newName).or(refusals::always);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        for (Move move : moves) {
            if (exists.test(move.to())) {
                return new Refused(
                        "There is a file %s already: choose another name, or move it away."
                                .formatted(renaming.shown(move.to())));
            }
        }
        RenameYaml yaml = new RenameYaml(renaming, texts);
        List<Edit> edits = new ArrayList<>();
        for (Occurrence place : renaming.places()) {
            if (place.role() != Role.FILE) {
                edits.add(
                        new Edit(
                                place.file(),
                                place.span(),
                                renaming.name(),
                                newName,
                                why(place.role())));
            }
        }
        edits.addAll(yaml.keptRelations());
        edits.addAll(yaml.projectKeys(newName));
        edits.sort(Comparator.comparing(Edit::file).thenComparingInt(e -> e.span().start()));
        return new Changes(List.copyOf(edits), moves);
    }

    private static Why why(Role role) {
        return switch (role) {
            case LITERAL -> Why.LITERAL;
            case SQL_STRING -> Why.SQL_STRING;
            case FILE, ENTRY, CALL, YAML -> Why.NAME;
        };
    }

    /** The files that are named after it: {@code name.py}, and {@code name_v2.py} of a version. */
    private List<Move> moves(Renaming renaming, String newName) {
        List<Move> moves = new ArrayList<>();
        for (Node node : renaming.isFile() ? renaming.nodes() : List.<Node>of()) {
            String stem = stem(node.file());
            boolean plain = stem.equals(node.name());
            boolean version = stem.equals(node.name() + "_v" + node.version().orElse(""));
            if ((plain || version) && !isDefinedIn(renaming, stem)) {
                String to = newName + stem.substring(node.name().length());
                moves.add(
                        new Move(
                                node.file(),
                                node.file().resolveSibling(to + "." + ending(node.file()))));
            }
        }
        return List.copyOf(moves);
    }

    /** True when a properties file says by name that a version stands in that file. */
    private boolean isDefinedIn(Renaming renaming, String stem) {
        return renaming.places().stream()
                .filter(place -> place.role() == Role.ENTRY)
                .flatMap(place -> manifest.properties(place.file()).stream())
                .flatMap(properties -> properties.described().stream())
                .filter(described -> described.name().text().equals(renaming.name()))
                .flatMap(described -> described.versions().stream())
                .map(PropertiesFile.Version::definedIn)
                .anyMatch(Optional.of(stem)::equals);
    }

    private static Set<String> endings(Node.Kind kind) {
        return kind == Node.Kind.SEED ? Set.of("csv") : Set.of("py", "sql");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
