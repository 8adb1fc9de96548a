package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import dev.dvtls.assist.Known;
import dev.dvtls.assist.NodeFacts;
import dev.dvtls.cache.PreviewFolders;
import dev.dvtls.run.ColumnsOnDisk;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.text.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * One client's session, from {@code initialize} to {@code exit}: the parts, wired. Methods may be
 * called from any thread; they enqueue.
 */
final class Session implements AutoCloseable, Workspace.Listener {
    private final Client client;
    private final ClientFeatures features;
    private final ProjectAccess access;
    private final LocalOutside outside;
    private final MachineWatch machineWatch;
    private final Loop loop;
    private final ExecutorService pool;
    private final ExecutorService loader;
    private final Executor loading;
    private final Workspace workspace;
    private final Projects projects;
    private final Progress progress;
    private final Requests requests;
    private final WorkspaceDiagnostics inWorkspace;
    private final ShownProblems problems;
    private final ProjectFileNotice projectFiles;
    private final FolderSettings settings;
    private final SettingsRequests asked;
    private final MachineCommands machine;
    private final Sites sites;
    private final Runs runs;
    private final Shapes shapes;
    private final NodeFeatures nodes;
    private final Commands commands;
    private final PreviewRequests previews;
    private final ColumnsOnDisk columns;
    private final NodeFacts facts;
    private final List<Path> folders;
    private final DocumentEvents events;

    Session(Client client, InitializeParams params, DvtServer.Surroundings surroundings) {
        this.client = client;
        this.features = ClientFeatures.of(params.getCapabilities());
        this.loop = new Loop(this::failed);
        this.pool =
                Executors.newFixedThreadPool(
                        Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors())),
                        Daemons.named("dvt-ls request"));
        this.loader = Executors.newSingleThreadExecutor(Daemons.named("dvt-ls loader"));
        this.loading = Daemons.telling(loader, this::failed);
        this.settings =
                new FolderSettings(
                        Settings.DEFAULT.with(params.getInitializationOptions()),
                        surroundings.machine());
        this.outside =
                LocalOutside.inBackground(
                        settings::choice,
                        settings::target,
                        surroundings.machine(),
                        task -> Daemons.named("dvt-ls DuckDB").newThread(task).start(),
                        () -> loop.execute(this::machineChanged));
        this.machineWatch = new MachineWatch(loop, loading, outside::isStale, this::machineChanged);
        this.access = surroundings.access().with(outside);
        this.progress = new Progress(client);
        this.workspace = new Workspace(loop, access, this);
        this.projects = new Projects(loop, loading, access, workspace, progress, this::log);
        this.requests = new Requests(loop, pool, projects, workspace::snapshot);
        this.inWorkspace =
                new WorkspaceDiagnostics(
                        loop, pool, projects, workspace::snapshot, access, features);
        this.problems =
                new ShownProblems(
                        features.pull(),
                        new PushedDiagnostics(
                                loop,
                                pool,
                                client,
                                workspace::snapshot,
                                projects,
                                access,
                                features),
                        new PulledDiagnostics(loop, client),
                        inWorkspace);
        this.projectFiles = new ProjectFileNotice(client, workspace::snapshot);
        CommandProjects commandProjects = new CommandProjects(loop, workspace, projects, settings);
        this.machine =
                new MachineCommands(
                        loop,
                        client,
                        progress,
                        workspace,
                        commandProjects,
                        settings,
                        surroundings.machine());
        this.sites =
                new Sites(
                        client,
                        features.showDocument(),
                        progress,
                        commandProjects,
                        settings,
                        surroundings.machine().environment(),
                        surroundings.docsPage());
        PreviewFolders kept = new PreviewFolders();
        this.runs =
                new Runs(
                        loop,
                        client,
                        progress,
                        workspace,
                        commandProjects,
                        access,
                        surroundings.engine(),
                        kept,
                        features,
                        settings,
                        this::ran);
        this.previews = new PreviewRequests(requests, kept, settings::trusted, this::log);
        this.columns = new ColumnsOnDisk(settings::target, System.getenv());
        this.facts = new DiskFacts(columns);
        this.shapes = new Shapes(loop, client, features, settings::general, facts);
        this.nodes =
                new NodeFeatures(
                        loop, pool, client, features, workspace::snapshot, settings, facts);
        this.commands =
                new Commands(loop, requests, access, runs, machine, sites, shapes, nodes::answers);
        this.asked =
                new SettingsRequests(
                        loop,
                        client,
                        features.configuration(),
                        settings,
                        nodes::changed,
                        shapes::changed);
        this.folders = Folders.of(params);
        this.events = new DocumentEvents(loop, workspace, projects, asked, features);
        loop.start();
    }

    ClientFeatures features() {
        return features;
    }

    DocumentEvents events() {
        return events;
    }

    Requests requests() {
        return requests;
    }

    Shapes shapes() {
        return shapes;
    }

    NodeFeatures nodes() {
        return nodes;
    }

    Commands commands() {
        return commands;
    }

    PreviewRequests previews() {
        return previews;
    }

    WorkspaceDiagnostics workspaceDiagnostics() {
        return inWorkspace;
    }

    FileRenames fileRenames() {
        return new FileRenames(client, features, loop, projects, requests);
    }

    Progress progress() {
        return progress;
    }

    NodeFacts facts() {
        return facts;
    }

    /** What is known beside a manifest; looked up when it is asked for, off the loop. */
    Known known(Requests.View view) {
        return new Known(
                columns,
                () ->
                        view.manifest()
                                .flatMap(m -> columns.profile(m.project()))
                                .map(ProjectTargets::types)
                                .orElse(Map.of()),
                view.snapshot().recent());
    }

    DocumentDiagnosticReport diagnostics(Requests.View view, String previousId) {
        return PulledDiagnostics.report(
                Findings.of(view.snapshot(), view.document(), access, features), previousId);
    }

    List<Either<Command, CodeAction>> codeActions(
            Requests.View view, Span span, CodeActionParams params) {
        return Stream.concat(
                        QuickFixes.at(view, span, params, access, features).stream(),
                        Refactorings.at(view, span, params, columns, features).stream())
                .map(Either::<Command, CodeAction>forRight)
                .toList();
    }

    CompletableFuture<CompletionItem> resolve(CompletionItem item) {
        return CompletableFuture.supplyAsync(
                () -> WritingAnswers.resolve(item, workspace.snapshot(), features, facts), pool);
    }

    /** The projects of the folders, once they are read, with their targets. */
    CompletableFuture<JsonArray> projectTargets() {
        return whenSettled(snapshot -> ProjectTargets.of(snapshot, System.getenv()));
    }

    /** What runs need of the machine, as far as files tell; nothing is started. */
    CompletableFuture<JsonArray> environments() {
        return whenSettled(machine.environments()::glances);
    }

    /** An answer out of all projects, once they are read. */
    <T> CompletableFuture<T> whenSettled(Function<Snapshot, T> answer) {
        return requests.askProjects(Optional.empty(), answer);
    }

    /** More of an answer that the client has already. */
    <T> CompletableFuture<T> now(Function<Snapshot, T> answer) {
        return CompletableFuture.supplyAsync(() -> answer.apply(workspace.snapshot()), pool);
    }

    /** The client is ready: what must not be sent before may be sent now. */
    void initialized() {
        loop.execute(
                () -> {
                    progress.supported(features.progress());
                    List<Registration> registrations = Registrations.of(features);
                    if (!registrations.isEmpty()) {
                        var unused =
                                client.registerCapability(new RegistrationParams(registrations));
                    }
                    asked.folders(folders);
                    projects.foldersChanged(folders, List.of());
                    projects.whenSettled(
                            Optional.empty(),
                            () -> previews.collect(workspace.snapshot().projects().keySet()));
                    machineWatch.begin();
                });
    }

    void configurationChanged(Object sent) {
        loop.execute(() -> asked.changed(sent));
    }

    void trusted(boolean yes) {
        loop.execute(() -> settings.trusted(yes));
    }

    @Override
    public void documentChanged(Document document, boolean othersToo) {
        if (othersToo) {
            nodesChanged();
        }
        problems.documentChanged(document, othersToo);
    }

    @Override
    public void documentClosed(Document document) {
        nodes.closed(document);
        problems.documentClosed(document);
    }

    @Override
    public void projectChanged(Path root) {
        projectFiles.projectChanged(root);
        nodesChanged();
        problems.projectChanged(root);
    }

    /** The cache may hold other tables and columns than before. */
    private void ran() {
        nodesChanged();
        problems.allChanged();
    }

    /** What is shown of nodes in the texts of others may have changed. */
    private void nodesChanged() {
        shapes.changed();
        nodes.changed();
    }

    @Override
    public void fileChanged(Path file) {
        problems.fileChanged(file);
    }

    /** Ends what runs; waits for its processes, but not for ever. */
    @Override
    public void close() {
        machine.cancel(); // all are told before any is waited for
        runs.close();
        machine.close();
        sites.close();
        previews.close();
        loop.close();
        pool.shutdown();
        loader.shutdown();
        try {
            outside.close();
        } catch (IOException e) {
            log("DuckDB did not close: " + e.getMessage());
        }
    }

    /** More is known of the machine: a package installed, DuckDB opened. */
    private void machineChanged() {
        problems.allChanged();
    }

    private void failed(Throwable error) {
        java.io.StringWriter trace = new java.io.StringWriter();
        error.printStackTrace(new java.io.PrintWriter(trace));
        log("Something went wrong in dvt-ls: " + trace);
    }

    private void log(String message) {
        client.logMessage(new MessageParams(MessageType.Error, message));
    }
}
