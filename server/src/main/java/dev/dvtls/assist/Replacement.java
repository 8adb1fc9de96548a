package dev.dvtls.assist;

import dev.dvtls.assist.Suggestion.Kind;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.text.Span;
import java.util.Optional;

/**
 * What a suggestion replaces.
 *
 * @param quote put around the name, when the cursor is not in a string yet
 */
record Replacement(Range range, String quote) {
    /** Up to the cursor, and up to the end of the word. */
    record Range(Span insert, Span replace) {}

    Suggestion suggest(String name, Kind kind, String detail, String documentation, String sort) {
        return new Suggestion(
                name,
                kind,
                quote + name + quote,
                range.insert(),
                range.replace(),
                detail,
                () -> documentation,
                Optional.empty(),
                sort + name);
    }

    /** A node under the name that it has here. */
    Suggestion suggestNode(String name, Kind kind, Manifest manifest, Node node, String sort) {
        return new Suggestion(
                name,
                kind,
                quote + name + quote,
                range.insert(),
                range.replace(),
                NodeText.detail(manifest, node),
                () -> NodeText.markdown(manifest, node),
                Optional.of(node.uniqueId()),
                sort + name);
    }

    /** A suggestion whose text is more than its label. */
    Suggestion suggestText(
            String label, String newText, Kind kind, String detail, String documentation) {
        return new Suggestion(
                label,
                kind,
                newText,
                range.insert(),
                range.replace(),
                detail,
                () -> documentation,
                Optional.empty(),
                "1" + label);
    }
}
