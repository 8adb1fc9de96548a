package dev.dvtls.lsp;

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
    private boolean posted;

    Shapes(Loop loop, Client client, ClientFeatures features, Supplier<Settings> settings) {
        this.loop = loop;
        this.client = client;
        this.features = features.shape();
        this.settings = settings;
    }

    SemanticTokenAnswers tokens() {
        return tokens;
    }

    boolean showsTokens() {
        return settings.get().shapes().semanticTokens();
    }

    /** Other files changed: a {@link Token.Modifier} may have, that was shown. */
    void changed() {
        if (features.refreshTokens() && !posted) {
            posted = true;
            loop.executeLater(
                    REFRESH_MILLIS,
                    () -> {
                        posted = false;
                        var unused = client.refreshSemanticTokens();
                    });
        }
    }
}
