package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.assist.Lens;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;

/** Code lenses; they stay where they are while the text is broken. Thread-safe. */
final class Lenses {
    private static final long REFRESH_MILLIS = 150;

    private final Loop loop;
    private final Client client;
    private final ClientFeatures features;
    private final NodeFacts facts;
    private final Function<Path, Set<Lens.Kind>> wanted;

    /** Where they stood last, by URI. */
    private final Map<String, Stood> stood = new ConcurrentHashMap<>();

    private boolean posted;

    private record Stood(String text, Span place) {}

    Lenses(
            Loop loop,
            Client client,
            ClientFeatures features,
            NodeFacts facts,
            Function<Path, Set<Lens.Kind>> wanted) {
        this.loop = loop;
        this.client = client;
        this.features = features;
        this.facts = facts;
        this.wanted = wanted;
    }

    List<CodeLens> of(Requests.View view) {
        List<CodeLens> lenses = new ArrayList<>();
        Optional<Path> path = view.document().path();
        Optional<Manifest> manifest = view.manifest();
        if (manifest.isPresent() && path.isPresent()) {
            place(view.document(), manifest.get(), path.get())
                    .map(
                            at ->
                                    Lens.of(
                                            manifest.get(),
                                            path.get(),
                                            at,
                                            wanted.apply(path.get()),
                                            facts))
                    .orElse(List.of())
                    .forEach(lens -> lenses.add(lens(view.document(), lens)));
        }
        return lenses;
    }

    private Optional<Span> place(Document document, Manifest manifest, Path path) {
        Optional<Span> now = Lens.place(manifest, path);
        if (now.isPresent()) {
            stood.put(document.uri(), new Stood(document.text(), now.get()));
            return now;
        }
        Optional<Span> kept =
                Optional.ofNullable(stood.get(document.uri()))
                        .flatMap(s -> Lens.kept(manifest, path, s.text(), s.place()));
        kept.ifPresent(at -> stood.put(document.uri(), new Stood(document.text(), at)));
        return kept;
    }

    void closed(String uri) {
        stood.remove(uri);
    }

    /** What lenses say may have changed: the client shall ask again. On the loop. */
    void changed() {
        if (features.refreshLenses() && !posted) {
            posted = true;
            loop.executeLater(
                    REFRESH_MILLIS,
                    () -> {
                        posted = false;
                        var unused = client.refreshCodeLenses();
                    });
        }
    }

    private CodeLens lens(Document document, Lens lens) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("uri", document.uri());
        JsonArray select = new JsonArray();
        lens.select().forEach(select::add);
        arguments.add("select", select);
        String command =
                switch (lens.kind()) {
                    case RUN, RUN_WITH_UPSTREAM -> Commands.RUN;
                    case PREVIEW -> Commands.PREVIEW;
                    case DEBUG -> Commands.DEBUG_MODEL;
                    case LINEAGE -> Commands.LINEAGE;
                    case LAST_RUN -> Commands.LAST_RUN;
                };
        if (!command.equals(Commands.RUN) && !command.equals(Commands.DEBUG_MODEL)) {
            // Nobody looks at the answer of a lens.
            arguments.addProperty("show", true);
        }
        return new CodeLens(
                Convert.range(document.lines(), lens.span(), features.encoding()),
                new Command(lens.title(), command, List.of(arguments)),
                null);
    }
}
