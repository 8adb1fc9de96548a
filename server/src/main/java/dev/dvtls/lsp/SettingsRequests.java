package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.Lens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.jspecify.annotations.Nullable;

/** Asks the client for the settings of each of its folders. On the loop. */
final class SettingsRequests {
    private final Loop loop;
    private final Client client;
    private final boolean asks;
    private final FolderSettings settings;
    private final Runnable lensesChanged;
    private final Runnable anyChanged;
    private List<Path> folders = List.of();

    /**
     * @param asks the client answers {@code workspace/configuration}
     */
    SettingsRequests(
            Loop loop,
            Client client,
            boolean asks,
            FolderSettings settings,
            Runnable lensesChanged,
            Runnable anyChanged) {
        this.loop = loop;
        this.client = client;
        this.asks = asks;
        this.settings = settings;
        this.lensesChanged = lensesChanged;
        this.anyChanged = anyChanged;
    }

    /** These folders are open now. */
    void folders(List<Path> now) {
        folders = List.copyOf(now);
        ask();
    }

    List<Path> folders() {
        return folders;
    }

    /** The client says that something is different. */
    void changed(Object sent) {
        if (asks) {
            ask();
        } else if (sent instanceof JsonObject object && object.has("dvt")) {
            change(now -> now.changed(object.get("dvt")));
        }
    }

    private void ask() {
        if (!asks) {
            return;
        }
        List<Path> asked = folders;
        List<ConfigurationItem> items = new ArrayList<>(List.of(item(null)));
        asked.forEach(folder -> items.add(item(Uris.of(folder))));
        var unused =
                client.configuration(new ConfigurationParams(items))
                        .thenAcceptAsync(
                                values -> {
                                    if (asked.equals(folders) && !values.isEmpty()) {
                                        change(now -> now.changed(asked, values));
                                    }
                                },
                                loop);
    }

    private static ConfigurationItem item(@Nullable String scope) {
        ConfigurationItem item = new ConfigurationItem();
        item.setSection("dvt");
        item.setScopeUri(scope);
        return item;
    }

    private void change(Consumer<FolderSettings> change) {
        Set<Set<Lens.Kind>> before = lenses();
        change.accept(settings);
        if (!lenses().equals(before)) {
            lensesChanged.run();
        }
        anyChanged.run();
    }

    private Set<Set<Lens.Kind>> lenses() {
        return settings.all().stream().map(Settings::lenses).collect(Collectors.toSet());
    }
}
