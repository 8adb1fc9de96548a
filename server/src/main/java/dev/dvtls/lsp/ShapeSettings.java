package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/**
 * What the user wants shown in the text itself.
 *
 * @param semanticTokens false: another server's stand alone
 */
record ShapeSettings(InlayHints inlayHints, boolean semanticTokens) {
    /** When hints are shown. */
    enum InlayHints {
        OFF,
        ON,
        /** Once the user asks for them, by a command. */
        ON_DEMAND
    }

    static final ShapeSettings DEFAULT = new ShapeSettings(InlayHints.ON, true);

    /** With the values that the object has; what nobody knows changes nothing. */
    ShapeSettings with(JsonObject object) {
        Optional<String> wanted =
                object.get("inlayHints") instanceof JsonPrimitive value
                        ? Optional.of(value.getAsString())
                        : Optional.empty();
        InlayHints hints =
                switch (wanted.orElse("")) {
                    case "off", "false" -> InlayHints.OFF;
                    case "on", "true" -> InlayHints.ON;
                    case "onDemand" -> InlayHints.ON_DEMAND;
                    default -> inlayHints;
                };
        return new ShapeSettings(
                hints,
                object.get("semanticTokens") instanceof JsonPrimitive flag
                        ? flag.getAsBoolean()
                        : semanticTokens);
    }
}
