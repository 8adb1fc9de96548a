package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.services.LanguageClient;

/** The client's side of the protocol, our own messages included (docs/lsp-extensions.md). */
public interface Client extends LanguageClient {
    /** One thing that happened in a run. */
    @JsonNotification("dvt/runEvent")
    void runEvent(JsonObject event);

    /** What {@code dvt/graph} answers has changed: a view that shows it shall ask again. */
    @JsonNotification("dvt/graphChanged")
    void graphChanged(JsonObject none);
}
