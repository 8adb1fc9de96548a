package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Occurrence;
import dev.dvtls.manifest.Reference;
import dev.dvtls.project.YamlKeys;
import dev.dvtls.project.YamlKeys.What;
import dev.dvtls.project.YamlSketch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hover in properties files and the project file: sources, keys, columns. */
final class YamlHover {
    private final Manifest manifest;
    private final NodeFacts facts;

    private YamlHover(Manifest manifest, NodeFacts facts) {
        this.manifest = manifest;
        this.facts = facts;
    }

    static Optional<Hover> at(
            Manifest manifest, Path file, String text, int offset, NodeFacts facts) {
        Optional<String> root = YamlCompletion.root(manifest, file);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        YamlHover hover = new YamlHover(manifest, facts);
        return hover.source(file, offset)
                .or(
                        () ->
                                YamlSketch.of(file, text)
                                        .flatMap(all -> YamlPlace.at(all, offset))
                                        .flatMap(
                                                place ->
                                                        hover.page(root.get(), place)
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

    private Optional<Page> page(String root, YamlPlace place) {
        String text = place.scalar().text();
        List<String> keys = place.keys();
        YamlKeys.Value value = YamlKeys.under(root, keys);
        if (value instanceof YamlKeys.Section section
                && (place.isKey() || section.shape() == YamlKeys.Shape.LIST)) {
            return key(section, place);
        }
        boolean column =
                !place.isKey() && value instanceof YamlKeys.Of of && of.what() == What.COLUMNS;
        return column ? node(place).flatMap(node -> column(node, text)) : Optional.empty();
    }

    /** A key, or a test that stands alone. */
    private Optional<Page> key(YamlKeys.Section section, YamlPlace place) {
        boolean config = section.name().endsWith("config");
        return YamlKeys.find(section, place.scalar().text())
                .map(key -> page(key, config ? node(place) : Optional.empty()));
    }

    private static Page page(YamlKeys.Key key, Optional<Node> node) {
        String value = YamlKeys.words(key.value());
        Page.Writer page = new Page.Writer();
        page.line(Page.strong(key.name()), Page.words(value.isEmpty() ? "" : " · " + value));
        page.ours(key.about());
        node.flatMap(n -> Optional.ofNullable(n.config().get(key.name())))
                .ifPresent(
                        v ->
                                page.line(
                                        Page.words("Of this " + node.get().kind().word() + ": "),
                                        Page.code(String.valueOf(v))));
        return page.page();
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
                                        .text(
                                                manifest.described(
                                                        node.packageName(), c.description()))
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
