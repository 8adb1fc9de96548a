package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Project;
import dev.dvtls.project.PropertiesFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The project's names, as suggestions. */
final class Names {
    /** No editor shows more at a time; what is typed next narrows the rest. */
    static final int MOST = 200;

    private static final int LATE = 30;

    private final Manifest manifest;
    private final Path file;
    private final String text;
    private final int cursor;
    private final List<Path> recent;

    /**
     * @param recent files, the one that was changed last first
     */
    Names(Manifest manifest, Path file, String text, int cursor, List<Path> recent) {
        this.manifest = manifest;
        this.file = file;
        this.text = text;
        this.cursor = cursor;
        this.recent = recent;
    }

    /**
     * A node under the name that it has at the cursor; a smaller score is nearer.
     *
     * @param near the same, whatever is typed
     */
    private record Candidate(String name, Node node, int score, int near, Optional<String> late) {
        static final Comparator<Candidate> NEAREST =
                Comparator.comparingInt(Candidate::score).thenComparing(Candidate::name);
    }

    /**
     * Models, seeds and snapshots; the model itself is left out.
     *
     * @param inPackage of one package only
     * @param withPackages also the packages, for {@code ref("package", "model")}
     */
    Offer models(Replacement range, Optional<String> inPackage, boolean withPackages) {
        Offer models =
                nearest(
                        node ->
                                node.kind() != Node.Kind.SOURCE
                                        && !node.file().equals(file)
                                        && (inPackage.isEmpty()
                                                || inPackage.get().equals(node.packageName())),
                        Node::name,
                        range);
        return withPackages && !manifest.installed().isEmpty()
                ? models.and(packages(range))
                : models;
    }

    List<Suggestion> packages(Replacement range) {
        Set<String> names = new TreeSet<>(List.of(manifest.project().name()));
        manifest.installed().stream().map(Project::name).forEach(names::add);
        return names.stream()
                .map(name -> range.suggest(name, Kind.PACKAGE, "package", "", "98"))
                .toList();
    }

    List<Suggestion> sources(Replacement range) {
        Map<String, List<Node>> tables = new TreeMap<>();
        for (Node node : manifest.nodes()) {
            if (node.kind() == Node.Kind.SOURCE) {
                tables.computeIfAbsent(node.sourceName().orElse(""), name -> new ArrayList<>())
                        .add(node);
            }
        }
        Ranking ranking = new Ranking(manifest, file, cursor, recent);
        List<Suggestion> all = new ArrayList<>();
        tables.forEach(
                (name, of) ->
                        all.add(
                                range.suggest(
                                        name,
                                        Kind.SOURCE,
                                        "source · "
                                                + of.size()
                                                + (of.size() == 1 ? " table" : " tables"),
                                        "Tables: "
                                                + String.join(
                                                        ", ",
                                                        of.stream()
                                                                .map(Node::name)
                                                                .sorted()
                                                                .toList()),
                                        Ranking.sort(
                                                of.stream()
                                                        .mapToInt(ranking::of)
                                                        .min()
                                                        .orElse(0)))));
        return List.copyOf(all);
    }

    /**
     * @param source of this source only; empty: of all
     */
    Offer tables(Replacement range, String source) {
        return nearest(
                node ->
                        node.kind() == Node.Kind.SOURCE
                                && (source.isEmpty()
                                        || node.sourceName().equals(Optional.of(source))),
                Node::name,
                range);
    }

    /**
     * Nodes of this project to describe in a properties file: those that no file describes come
     * first.
     *
     * @param here names that have an entry beside
     */
    Offer entries(Replacement range, Node.Kind kind, Set<String> here) {
        PropertiesFile.Section section = PropertiesFile.Section.valueOf(kind.name() + "S");
        return nearest(
                node ->
                        node.kind() == kind
                                && node.packageName().equals(manifest.project().name())
                                && !here.contains(node.name()),
                Node::name,
                node ->
                        manifest.describing(section, node.name()).stream()
                                .map(PropertiesFile::file)
                                .filter(other -> !other.equals(file))
                                .findFirst()
                                .map(other -> "has an entry in " + other.getFileName()),
                range);
    }

    /**
     * Whatever can be read, as calls: {@code ref('x')}, {@code source('s', 't')}.
     *
     * @param quote around names
     */
    Offer calls(Replacement range, String quote) {
        return nearest(node -> true, node -> call(node, quote), range);
    }

    private static String call(Node node, String quote) {
        String name = quote + node.name() + quote;
        return node.sourceName()
                .map(source -> "source(" + quote + source + quote + ", " + name + ")")
                .orElseGet(
                        () -> "ref(" + name + node.version().map(v -> ", v=" + v).orElse("") + ")");
    }

    /** As they are called in a session's SQL. */
    Offer sessionTables(Replacement range) {
        return nearest(node -> true, SessionTables::of, range);
    }

    Set<String> tags() {
        Set<String> tags = new TreeSet<>();
        // Not this file's own: the tag that is being typed is no suggestion.
        manifest.nodes().stream()
                .filter(node -> !node.file().equals(file))
                .forEach(node -> tags.addAll(node.tags()));
        return tags;
    }

    /** Schemas that the configuration of other models and seeds names. */
    Set<String> schemas() {
        Set<String> schemas = new TreeSet<>();
        manifest.nodes().stream()
                .filter(node -> node.kind() != Node.Kind.SOURCE && !node.file().equals(file))
                .forEach(node -> node.relation().customSchema().ifPresent(schemas::add));
        return schemas;
    }

    /**
     * The nearest nodes that what is typed fits; all of them where they are few. One pass, as
     * projects are large and somebody is typing.
     */
    private Offer nearest(Predicate<Node> which, Function<Node, String> nameOf, Replacement range) {
        return nearest(
                which,
                nameOf,
                node -> node.deprecationDate().map(date -> "deprecation date " + date),
                range);
    }

    /**
     * @param late why a node comes after those of which it says nothing
     */
    private Offer nearest(
            Predicate<Node> which,
            Function<Node, String> nameOf,
            Function<Node, Optional<String>> late,
            Replacement range) {
        String typed = range.typed(text).toLowerCase(Locale.ROOT);
        boolean large = manifest.nodes().size() > MOST;
        Ranking ranking = new Ranking(manifest, file, cursor, recent);
        Queue<Candidate> chosen = new PriorityQueue<>(Candidate.NEAREST.reversed());
        boolean more = false;
        for (Node node : manifest.nodes()) {
            if (!which.test(node)) {
                continue;
            }
            String name = nameOf.apply(node);
            if (large && !fits(name, typed)) {
                continue;
            }
            Optional<String> why = late.apply(node);
            int near = Math.min(99, ranking.of(node) + (why.isPresent() ? LATE : 0));
            int score = near + (begins(name, typed) ? 0 : 100);
            Candidate candidate = new Candidate(name, node, score, near, why);
            if (chosen.size() < MOST) {
                chosen.add(candidate);
                continue;
            }
            more = true;
            if (Candidate.NEAREST.compare(candidate, chosen.element()) < 0) {
                chosen.remove(); // the farthest
                chosen.add(candidate);
            }
        }
        Map<String, Suggestion> byName = new LinkedHashMap<>();
        chosen.stream()
                .sorted(Candidate.NEAREST)
                // The project's own node stands for a name that packages have, too.
                .filter(candidate -> !byName.containsKey(candidate.name()))
                .forEach(
                        candidate ->
                                byName.put(
                                        candidate.name(), suggestion(candidate, ranking, range)));
        return new Offer(List.copyOf(byName.values()), more);
    }

    private Suggestion suggestion(Candidate candidate, Ranking ranking, Replacement range) {
        Node node = candidate.node();
        return range.suggestNode(
                candidate.name(),
                kind(node),
                manifest,
                node,
                candidate.late().map(why -> why + " · ").orElse("") + ranking.detail(node),
                Ranking.sort(candidate.near()));
    }

    private static boolean begins(String name, String typed) {
        return name.regionMatches(true, 0, typed, 0, typed.length());
    }

    /** The letters that are typed stand in the name, in their order: as editors compare. */
    static boolean fits(String name, String typed) {
        int at = 0;
        for (int i = 0; i < name.length() && at < typed.length(); i++) {
            if (Character.toLowerCase(name.charAt(i)) == typed.charAt(at)) {
                at++;
            }
        }
        return at == typed.length();
    }

    private static Kind kind(Node node) {
        return switch (node.kind()) {
            case MODEL -> Kind.MODEL;
            case SEED -> Kind.SEED;
            case SNAPSHOT -> Kind.SNAPSHOT;
            case SOURCE -> Kind.TABLE;
        };
    }
}
