package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Reference;
import dev.dvtls.project.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hover in properties files: sources, config keys, columns. */
final class YamlHover {
    private final Manifest manifest;
    private final NodeFacts facts;

    private YamlHover(Manifest manifest, NodeFacts facts) {
        this.manifest = manifest;
        this.facts = facts;
    }

    static Optional<Hover> at(
            Manifest manifest, Path file, String text, int offset, NodeFacts facts) {
        String name = file.toString();
        if (!name.endsWith(".yml") && !name.endsWith(".yaml")) {
            return Optional.empty();
        }
        YamlHover hover = new YamlHover(manifest, facts);
        return hover.source(file, offset)
                .or(
                        () ->
                                YamlText.read(file, text)
                                        .root()
                                        .flatMap(root -> YamlPlace.at(root, offset))
                                        .flatMap(
                                                place ->
                                                        hover.page(place)
                                                                .map(
                                                                        page ->
                                                                                new Hover(
                                                                                        place.scalar()
                                                                                                .span(),
                                                                                        page))));
    }

    private Optional<Hover> source(Path file, int offset) {
        return manifest.occurrencesIn(file).stream()
                .filter(o -> o.span().touches(offset))
                .filter(o -> o.named() instanceof Occurrence.OfSource)
                .findFirst()
                .map(o -> new Hover(o.span(), page((Occurrence.OfSource) o.named())));
    }

    private Page page(Occurrence.OfSource source) {
        List<String> tables =
                manifest.nodes().stream()
                        .filter(n -> n.packageName().equals(source.packageName()))
                        .filter(n -> n.sourceName().equals(Optional.of(source.source())))
                        .map(Node::name)
                        .sorted()
                        .toList();
        return new Page.Writer()
                .line(Page.strong(source.source()))
                .line(
                        Page.words(
                                tables.size() == 1
                                        ? "source of 1 table: "
                                        : "source of " + tables.size() + " tables: "),
                        Page.codes(tables))
                .page();
    }

    private Optional<Page> page(YamlPlace place) {
        String text = place.scalar().text();
        int depth = place.keys().size();
        String parent = depth == 0 ? "" : place.keys().get(depth - 1);
        if (place.isKey()) {
            boolean config = parent.equals("config") || text.startsWith("+");
            return config
                    ? Hover.keyPage(text.replaceFirst("^\\+", ""), node(place))
                    : Optional.empty();
        }
        boolean column =
                depth > 2 && parent.equals("name") && place.keys().get(depth - 2).equals("columns");
        return column ? node(place).flatMap(node -> column(node, text)) : Optional.empty();
    }

    private Optional<Page> column(Node node, String name) {
        return facts.columns(manifest, node).columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(name))
                .findFirst()
                .map(
                        c ->
                                new Page.Writer()
                                        .line(
                                                Page.strong(c.name()),
                                                Page.words(
                                                        c.dataType().map(t -> " · " + t).orElse("")
                                                                + " · column of "
                                                                + NodePage.title(node)))
                                        .text(c.description())
                                        .page());
    }

    /** The node whose entry a place is in. */
    private Optional<Node> node(YamlPlace place) {
        List<String> names = place.names();
        if (place.keys().isEmpty() || names.isEmpty()) {
            return Optional.empty();
        }
        boolean source = place.keys().get(0).equals("sources");
        if (source && names.size() < 2) {
            return Optional.empty();
        }
        Reference.Target target =
                source
                        ? new Reference.SourceTarget(names.get(0), names.get(1))
                        : Reference.ModelTarget.of(names.get(0));
        return manifest.resolve(target) instanceof Manifest.Found found
                ? Optional.of(found.node())
                : Optional.empty();
    }
}
