package dev.dvtls.assist.docs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Reference;
import dev.dvtls.text.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A model's text as the page takes it, with where it names other nodes. Pure. */
final class CodeJson {
    private record Link(Span span, String id) {}

    private CodeJson() {}

    /** Lines end in a line feed, and places are UTF-16 code units of that text. */
    static JsonElement of(String id, Manifest manifest, ModelFile file, Scrub scrub) {
        String text = file.text();
        String shown = scrub.text(text);
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("text", shown.replace("\r\n", "\n"));
        boolean whole = shown.equals(text); // else places have moved
        JsonArray links = new JsonArray();
        int end = 0;
        for (Link link : whole ? links(manifest, file) : List.<Link>of()) {
            if (link.span().start() >= end && link.span().end() > link.span().start()) {
                JsonArray one = new JsonArray();
                one.add(place(text, link.span().start()));
                one.add(place(text, link.span().end()));
                one.add(link.id());
                links.add(one);
                end = link.span().end();
            }
        }
        if (!links.isEmpty()) {
            json.add("links", links);
        }
        return json;
    }

    private static List<Link> links(Manifest manifest, ModelFile file) {
        return file.references().stream()
                .flatMap(reference -> link(manifest, reference).stream())
                .sorted(Comparator.comparingInt(link -> link.span().start()))
                .toList();
    }

    /** Where the characters of the name stand; that of a source is its table's. */
    private static Optional<Link> link(Manifest manifest, Reference reference) {
        int last = reference.written().size() - 1;
        Optional<Span> span = last < 0 ? Optional.empty() : reference.written().get(last);
        return span.isPresent()
                        && manifest.resolve(reference.target()) instanceof Manifest.Found found
                ? Optional.of(new Link(span.get(), found.node().uniqueId()))
                : Optional.empty();
    }

    private static int place(String text, int offset) {
        int place = offset;
        for (int at = text.indexOf("\r\n");
                at >= 0 && at < offset;
                at = text.indexOf("\r\n", at + 2)) {
            place--;
        }
        return place;
    }
}
