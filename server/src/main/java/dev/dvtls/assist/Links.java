package dev.dvtls.assist;

import dev.dvtls.assist.outline.Source;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference.ModelTarget;
import dev.dvtls.manifest.Reference.SourceTarget;
import dev.dvtls.manifest.Reference.Target;
import dev.dvtls.project.YamlNode;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in a properties file that lead to another file. */
public final class Links {
    private static final List<String> SECTIONS = List.of("models", "seeds", "snapshots");

    /** A value that is a call, in braces or not: prose that mentions one is prose. */
    private static final Pattern CALL =
            Pattern.compile(
                    "[\"']?\\s*(?:\\{\\{-?)?\\s*(ref|source)\\(\\s*(['\"])([^'\"\\r\\n]+)\\2\\s*"
                            + "(?:,\\s*(['\"])([^'\"\\r\\n]+)\\4\\s*)?"
                            + "(?:,\\s*v(?:ersion)?\\s*=\\s*['\"]?([\\w.]+)['\"]?\\s*)?\\)"
                            + "\\s*(?:-?\\}\\})?\\s*[\"']?");

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
        calls(root);
    }

    private void name(YamlNode name) {
        name.string().ifPresent(text -> add(unquoted(name.span()), ModelTarget.of(text)));
    }

    private void calls(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(entry -> inside(node, entry.value()));
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> inside(node, item));
        } else if (node.string().filter(text -> text.contains("(")).isPresent()) {
            Span span = node.span();
            Matcher call = CALL.matcher(source.text()).region(span.start(), span.end());
            if (call.matches()) {
                call(call);
            }
        }
    }

    /** What an alias stands for is elsewhere, and read there. */
    private void inside(YamlNode outer, YamlNode inner) {
        if (outer.span().encloses(inner.span())) {
            calls(inner);
        }
    }

    private void call(Matcher call) {
        Optional<String> second = Optional.ofNullable(call.group(5));
        String first = call.group(3);
        int last = second.isPresent() ? 5 : 3;
        Span name = new Span(call.start(last), call.end(last));
        if (call.group(1).equals("ref")) {
            add(
                    name,
                    new ModelTarget(
                            second.map(model -> first),
                            second.orElse(first),
                            Optional.ofNullable(call.group(6))));
        } else {
            second.ifPresent(table -> add(name, new SourceTarget(first, table)));
        }
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
