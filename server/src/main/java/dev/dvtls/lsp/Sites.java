package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.docs.Site;
import dev.dvtls.assist.docs.SiteFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The documentation sites that an editor asks for: written, and served until it goes. */
final class Sites implements AutoCloseable {
    private final Client client;
    private final boolean showsDocuments;
    private final CommandProjects projects;
    private final FolderSettings settings;
    private final Map<String, String> environment;
    private final Path page;
    private final UserTasks tasks;
    private final Map<Path, DocsServer> servers = new HashMap<>();

    /**
     * @param showsDocuments the client opens addresses that it is sent
     * @param page folder of the built page
     */
    Sites(
            Client client,
            boolean showsDocuments,
            Progress progress,
            CommandProjects projects,
            FolderSettings settings,
            Map<String, String> environment,
            Path page) {
        this.client = client;
        this.showsDocuments = showsDocuments;
        this.projects = projects;
        this.settings = settings;
        this.environment = environment;
        this.page = page;
        // Two at a time would write into one folder.
        this.tasks =
                new UserTasks(
                        progress, Executors.newSingleThreadExecutor(Daemons.named("dvt-ls docs")));
    }

    /** Of the project that is meant; opened, too, where the client wants to see it. */
    CompletableFuture<Object> write(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(
                arguments,
                (root, answer) ->
                        projects.manifest(root, answer)
                                .ifPresent(manifest -> write(manifest, arguments, token, answer)));
    }

    private void write(
            Manifest manifest,
            Commands.Arguments arguments,
            Optional<Either<String, Integer>> token,
            CompletableFuture<Object> answer) {
        String name = manifest.project().name();
        tasks.begin(
                new UserTasks.Named(
                        "Writing the documentation of " + name, "Writing the site", token),
                answer,
                (work, cancellation) -> {
                    Site site = site(manifest, arguments);
                    Path written = written(manifest, site);
                    JsonObject json = new JsonObject();
                    json.addProperty("page", Uris.of(written));
                    json.addProperty("nodes", site.nodes());
                    if (arguments.show()) {
                        DocsServer server = served(written);
                        server.invite();
                        String address = server.address();
                        json.addProperty("address", address);
                        open(name, address, written);
                    }
                    return json;
                });
    }

    private Site site(Manifest manifest, Commands.Arguments arguments) throws IOException {
        Path root = manifest.project().root();
        ProjectSite made =
                ProjectSite.of(
                        manifest,
                        Optional.empty(),
                        arguments.target().or(() -> settings.target(root)),
                        environment);
        boolean everything = arguments.select().isEmpty() && arguments.exclude().isEmpty();
        try {
            Set<String> selected =
                    Selector.select(manifest, arguments.select(), arguments.exclude());
            return made.site(made.facts(), selected, everything);
        } catch (Selector.UnknownSelection e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Path written(Manifest manifest, Site site) throws IOException {
        try {
            return SiteFolder.write(page, ProjectSite.folder(manifest.project()), site);
        } catch (SiteFolder.Refused e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A browser beside another machine's editor reads no file of this one: hence an address. */
    private synchronized DocsServer served(Path written) throws IOException {
        Path folder = written.resolveSibling(".").normalize();
        Optional<DocsServer> there = Optional.ofNullable(servers.get(folder));
        if (there.isPresent()) {
            return there.get();
        }
        DocsServer started = DocsServer.hidden(folder);
        servers.put(folder, started);
        return started;
    }

    private void open(String name, String address, Path written) {
        Runnable tell =
                () ->
                        client.showMessage(
                                new MessageParams(
                                        MessageType.Info,
                                        "The documentation of "
                                                + name
                                                + " is in "
                                                + written
                                                + ", and at "
                                                + address
                                                + " until the server ends: open it in a browser."));
        if (!showsDocuments) {
            tell.run();
            return;
        }
        ShowDocumentParams params = new ShowDocumentParams(address);
        params.setExternal(true);
        var unused =
                client.showDocument(params)
                        .whenComplete(
                                (result, error) -> {
                                    if (error != null || !result.isSuccess()) {
                                        tell.run();
                                    }
                                });
    }

    @Override
    public void close() {
        tasks.close();
        stopServing();
    }

    private synchronized void stopServing() {
        List.copyOf(servers.values()).forEach(DocsServer::close);
        servers.clear();
    }
}
