package dev.dvtls.assist;

import dev.dvtls.assist.outline.Source;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.PythonModel;
import dev.dvtls.manifest.Reference;
import dev.dvtls.python.Stmt;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a model's text does not say and one would like to see in it: rows or columns of what it
 * reads, as the cache knows them, and a materialization that is set elsewhere.
 */
public final class Hints {
    /** Columns named in a hint. */
    private static final int COLUMNS = 3;

    private final Manifest manifest;
    private final Source source;
    private final NodeFacts facts;
    private final Map<String, Optional<Hint>> ofNode = new LinkedHashMap<>();

    private Hints(Manifest manifest, Source source, NodeFacts facts) {
        this.manifest = manifest;
        this.source = source;
        this.facts = facts;
    }

    /** Those of a part of a model. */
    public static List<Hint> of(Manifest manifest, Source source, Span part, NodeFacts facts) {
        return source.model()
                .map(model -> new Hints(manifest, source, facts).read(model, part))
                .orElse(List.of());
    }

    private List<Hint> read(ModelFile model, Span part) {
        List<Hint> hints = new ArrayList<>();
        materialization(model).filter(h -> part.touches(h.offset())).ifPresent(hints::add);
        Map<Span, Optional<Node>> reads = new LinkedHashMap<>();
        for (Reference reference : model.references()) {
            Span span = reference.span();
            if (span.length() > 0 && part.touches(span.end())) {
                // A loop over names: which one it is, no single hint can say.
                reads.merge(span, resolved(reference), (a, b) -> Optional.empty());
            }
        }
        reads.forEach(
                (span, node) ->
                        node.flatMap(this::known)
                                .ifPresent(
                                        h ->
                                                hints.add(
                                                        new Hint(
                                                                span.end(),
                                                                h.label(),
                                                                false,
                                                                h.tooltip()))));
        return List.copyOf(hints);
    }

    private Optional<Node> resolved(Reference reference) {
        return manifest.resolve(reference.target()) instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }

    private Optional<Hint> known(Node node) {
        return ofNode.computeIfAbsent(node.uniqueId(), id -> describe(node));
    }

    private Optional<Hint> describe(Node node) {
        Optional<String> rows =
                facts.cached(manifest, node)
                        .filter(CachedRelation::rowsExact)
                        .map(cached -> RunTold.rows(cached.rowsAtMost()));
        List<Node.Column> columns = facts.columns(manifest, node).columns();
        return rows.or(() -> Optional.of(names(columns)).filter(names -> !names.isEmpty()))
                .map(label -> new Hint(0, label, false, NodePage.ofColumns(manifest, node, facts)));
    }

    private static String names(List<Node.Column> columns) {
        String first =
                columns.stream()
                        .limit(COLUMNS)
                        .map(Node.Column::name)
                        .collect(Collectors.joining(", "));
        int more = columns.size() - COLUMNS;
        return more > 0 ? first + ", +" + more : first;
    }

    /** Only one that differs from what a model is when nothing is said. */
    private Optional<Hint> materialization(ModelFile model) {
        Optional<Node> node =
                manifest.nodeOf(source.file())
                        .filter(n -> n.kind() == Node.Kind.MODEL)
                        .filter(n -> !n.materialized().equals(n.isPython() ? "table" : "view"));
        boolean inFile = model.config().stream().anyMatch(e -> e.key().equals("materialized"));
        if (node.isEmpty() || inFile) {
            return Optional.empty();
        }
        Page tooltip =
                Page.ours(
                        "`materialized` of "
                                + node.get().name()
                                + " is not set in this file, but in `dbt_project.yml` or a"
                                + " properties file.");
        if (!node.get().isPython()) {
            return Optional.of(new Hint(0, node.get().materialized(), true, tooltip));
        }
        OptionalInt colon = model.python().map(this::colon).orElse(OptionalInt.empty());
        return colon.isPresent()
                ? Optional.of(new Hint(colon.getAsInt(), node.get().materialized(), false, tooltip))
                : Optional.empty();
    }

    /** Behind {@code def model(dbt, session):}. */
    private OptionalInt colon(PythonModel python) {
        if (python.models().size() != 1) {
            return OptionalInt.empty();
        }
        Stmt.FunctionDef def = python.models().get(0);
        int from = Math.max(def.parameters().end(), def.returns().end());
        int colon = source.text().indexOf(':', Math.max(from, def.name().end()));
        return colon < 0 || (!def.body().isEmpty() && colon >= def.body().get(0).start())
                ? OptionalInt.empty()
                : OptionalInt.of(colon + 1);
    }
}
