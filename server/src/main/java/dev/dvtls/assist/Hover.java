package dev.dvtls.assist;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What to show over a span of a text. */
public record Hover(Span span, Page page) {

    /**
     * What is known of the words at an offset: of the node that they name, of a member of {@code
     * dbt}, a config key, or a rule whose code they are.
     *
     * @param text of the file, as the editor has it now
     */
    public static Optional<Hover> at(
            Manifest manifest, Path file, String text, int offset, NodeFacts facts) {
        return ofNodes(manifest, Pointed.anywhere(manifest, file, offset), facts)
                .or(
                        () ->
                                ofNodes(
                                        manifest,
                                        YamlPointed.at(
                                                manifest, file, f -> Optional.of(text), offset),
                                        facts))
                .or(() -> CodePage.at(manifest, file, text, offset))
                .or(() -> key(manifest, file, offset))
                .or(() -> WordPage.at(manifest, file, text, offset))
                .or(() -> YamlHover.at(manifest, file, text, offset, facts));
    }

    private static Optional<Hover> ofNodes(
            Manifest manifest, List<Pointed> pointed, NodeFacts facts) {
        return pointed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hover(
                                pointed.get(0).origin(),
                                Page.joined(
                                        pointed.stream()
                                                .map(p -> NodePage.of(manifest, p.node(), facts))
                                                .toList())));
    }

    private static Optional<Hover> key(Manifest manifest, Path file, int offset) {
        return Pointed.configKey(manifest, file, offset)
                .flatMap(
                        entry ->
                                keyPage(entry.key(), manifest.nodeOf(file))
                                        .map(page -> new Hover(entry.keySpan(), page)));
    }

    /** A config key in words, and what the node has under it, wherever that was given. */
    static Optional<Page> keyPage(String key, Optional<Node> node) {
        Optional<Page.Bit> value =
                node.flatMap(n -> Optional.ofNullable(n.config().get(key)))
                        .map(v -> Page.code(String.valueOf(v)));
        return Vocabulary.describeKey(key, node.map(Node::isPython).orElse(true))
                .map(
                        word -> {
                            Page.Writer page = new Page.Writer();
                            page.line(Page.strong(key), Page.words(" · " + word.detail()));
                            page.ours(word.documentation());
                            value.ifPresent(v -> page.line(Page.words("Of this model: "), v));
                            return page.page();
                        });
    }
}
