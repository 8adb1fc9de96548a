package dev.dvtls.assist;

import dev.dvtls.assist.outline.Source;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.Target;
import dev.dvtls.project.PropertiesFile.Mention;
import dev.dvtls.project.PropertiesFile.Role;
import dev.dvtls.project.YamlMentions;
import dev.dvtls.project.YamlNode;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names in a properties file that lead to another file. */
public final class Links {
    private static final List<String> SECTIONS = List.of("models", "seeds", "snapshots");

    private final Manifest manifest;
    private final Source source;
    private final List<Link> found = new ArrayList<>();

    /**
     * @param span the name
     */
    public record Link(Span span, Node node) {}

    private Links(Manifest manifest, Source source) {
        this.manifest = manifest;
        this.source = source;
    }

    /** In source order; a name that leads nowhere, or to this very file, is none. */
    public static List<Link> of(Manifest manifest, Source source) {
        Links links = new Links(manifest, source);
        source.yaml().ifPresent(links::read);
        return links.found.stream()
                .filter(link -> !link.node().file().equals(source.file()))
                .distinct()
                .sorted(Comparator.comparingInt(link -> link.span().start()))
                .toList();
    }

    private void read(YamlNode root) {
        for (String section : SECTIONS) {
            if (root.at(section).orElse(root) instanceof YamlNode.Sequence list) {
                list.items().stream().flatMap(item -> item.at("name").stream()).forEach(this::name);
            }
        }
        for (Mention mention : YamlMentions.of(root, source.text())) {
            if (mention.role() == Role.ALONE) {
                Span name = mention.names().get(mention.names().size() - 1).span();
                add(name, Target.of(mention));
            }
        }
    }

    private void name(YamlNode name) {
        name.string().ifPresent(text -> add(unquoted(name.span()), ModelTarget.of(text)));
    }

    private void add(Span span, Target target) {
        if (manifest.resolve(target) instanceof Manifest.Found node) {
            found.add(new Link(span, node.node()));
        }
    }

    private Span unquoted(Span span) {
        char first = source.text().charAt(span.start());
        boolean quoted = span.length() > 2 && (first == '"' || first == '\'');
        return quoted ? new Span(span.start() + 1, span.end() - 1) : span;
    }
}
