package dev.dvtls.lsp;

import dev.dvtls.assist.Hint;
import dev.dvtls.assist.Hints;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Inlay hints, shown as the settings say and as the user last asked. Thread-safe. */
final class HintAnswers {
    private final ClientFeatures features;
    private final Supplier<ShapeSettings> settings;
    private final NodeFacts facts;

    /** The user wants the other of what the settings say. */
    private final AtomicBoolean flipped = new AtomicBoolean();

    HintAnswers(ClientFeatures features, Supplier<ShapeSettings> settings, NodeFacts facts) {
        this.features = features;
        this.settings = settings;
        this.facts = facts;
    }

    /** On the loop. Shows them, or hides them again; not while off. True when shown now. */
    boolean flip() {
        if (settings.get().inlayHints() != ShapeSettings.InlayHints.OFF) {
            flipped.set(!flipped.get());
        }
        return isShown();
    }

    boolean isShown() {
        return switch (settings.get().inlayHints()) {
            case OFF -> false;
            case ON -> !flipped.get();
            case ON_DEMAND -> flipped.get();
        };
    }

    List<InlayHint> hints(Requests.View view, Range range) {
        Optional<Manifest> manifest = view.manifest();
        if (manifest.isEmpty() || !isShown()) {
            return List.of();
        }
        Span part = Convert.span(view.document().lines(), range, features.encoding());
        return Outlines.source(view).stream()
                .flatMap(source -> Hints.of(manifest.get(), source, part, facts).stream())
                .map(hint -> hint(view, hint))
                .toList();
    }

    private InlayHint hint(Requests.View view, Hint hint) {
        InlayHint made =
                new InlayHint(
                        Convert.position(
                                view.document().lines(), hint.offset(), features.encoding()),
                        Either.forLeft(hint.label()));
        if (hint.before()) {
            made.setPaddingRight(true);
        } else {
            made.setPaddingLeft(true);
        }
        made.setTooltip(Answers.markup(hint.tooltip(), features.markdownHover()));
        return made;
    }
}
