package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.assist.outline.Token;
import java.util.function.Supplier;

/** What shows the shape of a text, and keeps it shown as the project changes. On the loop. */
final class Shapes {
    private static final long REFRESH_MILLIS = 120;

    private final Loop loop;
    private final Client client;
    private final ShapeFeatures features;
    private final Supplier<Settings> settings;
    private final SemanticTokenAnswers tokens = new SemanticTokenAnswers();
    private final HintAnswers hints;
    private boolean posted;

    Shapes(
            Loop loop,
            Client client,
            ClientFeatures features,
            Supplier<Settings> settings,
            NodeFacts facts) {
        this.loop = loop;
        this.client = client;
        this.features = features.shape();
        this.settings = settings;
        this.hints = new HintAnswers(features, () -> settings.get().shapes(), facts);
    }

    SemanticTokenAnswers tokens() {
        return tokens;
    }

    boolean showsTokens() {
        return settings.get().shapes().semanticTokens();
    }

    HintAnswers hints() {
        return hints;
    }

    /** Shows inlay hints, or hides them again: {@code {"shown": true}}. */
    Object flipHints() {
        JsonObject answer = new JsonObject();
        answer.addProperty("shown", hints.flip());
        changed();
        return answer;
    }

    /**
     * Other files, the cache or the settings changed: a {@link Token.Modifier} that was shown may
     * have, or a hint.
     */
    void changed() {
        if ((features.refreshTokens() || features.refreshHints()) && !posted) {
            posted = true;
            loop.executeLater(REFRESH_MILLIS, this::refresh);
        }
    }

    private void refresh() {
        posted = false;
        if (features.refreshTokens()) {
            var unused = client.refreshSemanticTokens();
        }
        if (features.refreshHints()) {
            var unused = client.refreshInlayHints();
        }
    }
}
