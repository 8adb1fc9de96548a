package dev.dvtls.assist;

import static dev.dvtls.assist.Page.code;
import static dev.dvtls.assist.Page.codes;
import static dev.dvtls.assist.Page.strong;
import static dev.dvtls.assist.Page.words;

import dev.dvtls.cache.Age;
import dev.dvtls.cache.CachedRelation;
import dev.dvtls.manifest.KnownColumns.Known;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is known of a node, on one page. */
public final class NodePage {
    /** Columns shown; the rest is counted. */
    private static final int COLUMNS = 20;

    /** Neighbours named; the rest is counted. */
    private static final int NEIGHBOURS = 8;

    private final Manifest manifest;
    private final Node node;
    private final NodeFacts facts;
    private final Page.Writer page = new Page.Writer();

    private NodePage(Manifest manifest, Node node, NodeFacts facts) {
        this.manifest = manifest;
        this.node = node;
        this.facts = facts;
    }

    /** All of it. */
    public static Page of(Manifest manifest, Node node, NodeFacts facts) {
        NodePage page = new NodePage(manifest, node, facts);
        page.what();
        page.page.text(manifest.described(node.packageName(), node.description()));
        page.columns();
        page.data();
        return page.page.page();
    }

    /** Its kind and columns alone. */
    static Page ofColumns(Manifest manifest, Node node, NodeFacts facts) {
        NodePage page = new NodePage(manifest, node, facts);
        page.page.line(strong(title(node)));
        page.page.line(words(NodeText.what(node)));
        page.columns();
        return page.page.page();
    }

    /** As people write it: {@code orders}, {@code orders v2}, {@code ops.orders}. */
    static String title(Node node) {
        return node.sourceName().map(source -> source + ".").orElse("")
                + node.name()
                + node.version().map(v -> " v" + v).orElse("");
    }

    private void what() {
        page.line(strong(title(node)));
        boolean own = node.packageName().equals(manifest.project().name());
        page.line(
                words(NodeText.what(node) + " in "),
                code(NodeText.path(manifest, node)),
                words(own ? "" : " of package " + node.packageName()));
        if (!node.materialized().equals("ephemeral")) {
            place();
        }
        if (node.kind() != Node.Kind.SOURCE) {
            neighbours("Upstream", node.dependsOn());
        }
        neighbours("Downstream", manifest.readersOf(node.uniqueId()));
        node.deprecationDate().ifPresent(date -> page.line(words("Deprecation date: " + date)));
        if (!node.tags().isEmpty()) {
            page.line(words("Tags: " + String.join(", ", node.tags())));
        }
    }

    private void place() {
        Optional<NodeFacts.Place> place = facts.place(manifest, node);
        page.line(
                words(node.kind() == Node.Kind.SOURCE ? "Lives at " : "Lands at "),
                code(NodeText.relation(node, place.flatMap(NodeFacts.Place::schema))),
                words(
                        place.map(p -> p.target() + " (" + p.type() + ")")
                                .or(() -> node.relation().connection())
                                .map(where -> " on " + where)
                                .orElse("")));
    }

    private void neighbours(String which, Collection<String> ids) {
        List<String> names =
                ids.stream()
                        .limit(NEIGHBOURS)
                        .flatMap(id -> manifest.node(id).stream())
                        .map(NodePage::title)
                        .toList();
        if (names.isEmpty()) {
            page.line(words(which + ": none"));
        } else {
            page.line(
                    words(which + ": " + ids.size() + " ("),
                    codes(names),
                    words(ids.size() > names.size() ? ", …)" : ")"));
        }
    }

    private void columns() {
        Known known = facts.columns(manifest, node);
        if (known.columns().isEmpty()) {
            return;
        }
        page.table(
                List.of("column", "type", ""),
                known.columns().stream()
                        .limit(COLUMNS)
                        .map(c -> List.of(c.name(), c.dataType().orElse(""), described(c)))
                        .toList());
        int more = known.columns().size() - COLUMNS;
        if (more > 0) {
            page.line(words("and " + more + (more == 1 ? " more column" : " more columns")));
            page.apart();
        }
    }

    private String described(Node.Column column) {
        return manifest.described(node.packageName(), column.description());
    }

    private void data() {
        facts.cached(manifest, node)
                .ifPresent(
                        cached ->
                                page.line(
                                        words(
                                                "Cache: "
                                                        + rows(cached)
                                                        + ", "
                                                        + Age.of(
                                                                cached.at(),
                                                                facts.now().toInstant()))));
        facts.lastRun(manifest, node)
                .ifPresent(run -> page.line(words(RunTold.sentence(run, facts.now()))));
    }

    private static String rows(CachedRelation cached) {
        String rows = RunTold.rows(cached.rowsAtMost());
        return cached.rowsExact() ? rows : "at most " + rows;
    }
}
