package dev.dvtls.lsp;

import dev.dvtls.assist.Definition;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.Page;
import dev.dvtls.text.LineIndex;
import dev.dvtls.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What {@code assist} found, in the protocol's terms. */
final class Answers {
    private Answers() {}

    static Either<List<? extends Location>, List<? extends LocationLink>> definition(
            Requests.View view, int offset, ClientFeatures features) {
        List<Location> locations = new ArrayList<>();
        List<LocationLink> links = new ArrayList<>();
        if (view.manifest().isPresent() && view.document().path().isPresent()) {
            for (Definition definition :
                    Definition.at(
                            view.manifest().get(),
                            view.document().path().get(),
                            offset,
                            file -> Convert.text(view.snapshot(), file))) {
                String uri = Convert.uri(view.snapshot(), definition.file());
                Range target = target(view, definition, features);
                locations.add(new Location(uri, target));
                Range origin =
                        Convert.range(
                                view.document().lines(), definition.origin(), features.encoding());
                links.add(new LocationLink(uri, target, target, origin));
            }
        }
        return features.definitionLinks() ? Either.forRight(links) : Either.forLeft(locations);
    }

    /** The word that defines it; the file's start for nodes that are whole files. */
    private static Range target(
            Requests.View view, Definition definition, ClientFeatures features) {
        Optional<LineIndex> lines = Convert.lines(view.snapshot(), definition.file());
        if (lines.isEmpty() || definition.place() == 0) {
            return new Range(new Position(0, 0), new Position(0, 0));
        }
        return Convert.range(
                lines.get(), new Span(definition.place(), definition.place()), features.encoding());
    }

    static Optional<Hover> hover(
            Requests.View view, int offset, ClientFeatures features, NodeFacts facts) {
        Document document = view.document();
        return view.manifest()
                .flatMap(
                        manifest ->
                                document.path()
                                        .flatMap(
                                                path ->
                                                        dev.dvtls.assist.Hover.at(
                                                                manifest,
                                                                path,
                                                                document.text(),
                                                                offset,
                                                                facts)))
                .map(
                        found ->
                                new Hover(
                                        content(found.page(), features.markdownHover()),
                                        Convert.range(
                                                document.lines(),
                                                found.span(),
                                                features.encoding())));
    }

    private static MarkupContent content(Page page, boolean markdown) {
        return markdown
                ? new MarkupContent(MarkupKind.MARKDOWN, page.markdown())
                : new MarkupContent(MarkupKind.PLAINTEXT, page.plain());
    }

    /** As a bare string where there is no Markdown: older clients look for nothing else. */
    static Either<String, MarkupContent> markup(Page page, boolean markdown) {
        return markdown ? Either.forRight(content(page, true)) : Either.forLeft(page.plain());
    }
}
