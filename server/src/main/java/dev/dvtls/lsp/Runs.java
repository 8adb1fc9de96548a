package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.cache.PreviewFolders;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.run.Engine;
import dev.dvtls.run.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * Runs that the editor asked for. Per model one is active and one may wait: a request that a
 * waiting one covers joins it. State is on the loop; each run has a thread of its own.
 */
final class Runs implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Loop loop;
    private final Client client;
    private final Progress progress;
    private final Workspace workspace;
    private final CommandProjects projects;
    private final ProjectAccess access;
    private final Engine engine;
    private final ClientFeatures features;
    private final Previews previews;
    private final FixtureSaves fixtures;
    private final Runnable afterRun;

    private final List<Run> active = new ArrayList<>();
    private final List<Run> waiting = new ArrayList<>();

    /** Of every run that has not ended, for closing from any thread. */
    private final Set<Run> open = java.util.concurrent.ConcurrentHashMap.newKeySet();

    private final FolderSettings settings;
    private int count;

    Runs(
            Loop loop,
            Client client,
            Progress progress,
            Workspace workspace,
            CommandProjects projects,
            ProjectAccess access,
            Engine engine,
            PreviewFolders folders,
            ClientFeatures features,
            FolderSettings settings,
            Runnable afterRun) {
        this.loop = loop;
        this.client = client;
        this.progress = progress;
        this.workspace = workspace;
        this.projects = projects;
        this.access = access;
        this.engine = engine;
        this.features = features;
        this.settings = settings;
        this.previews =
                new Previews(
                        client, progress, features, engine, folders, () -> loop.execute(afterRun));
        this.fixtures = new FixtureSaves(client, progress, engine, () -> loop.execute(afterRun));
        this.afterRun = afterRun;
    }

    CompletableFuture<Object> run(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(arguments, (root, answer) -> request(root, arguments, token, answer));
    }

    /** The first rows of models, without loading anything. */
    CompletableFuture<Object> preview(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(
                arguments,
                (root, answer) ->
                        selecting(arguments, answer)
                                .map(one -> runRequest(root, one).onFixtures(one.fixture()))
                                .ifPresent(
                                        request ->
                                                previews.begin(
                                                        new Previews.Wanted(
                                                                request,
                                                                arguments.limit(),
                                                                arguments.refresh(),
                                                                arguments.show(),
                                                                arguments.keep(),
                                                                token),
                                                        answer)));
    }

    /** What models read, as files of the project. */
    CompletableFuture<Object> saveFixtures(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(
                arguments,
                (root, answer) ->
                        selecting(arguments, answer)
                                .map(one -> runRequest(root, one))
                                .ifPresent(
                                        request ->
                                                fixtures.begin(
                                                        new FixtureSaves.Wanted(
                                                                request,
                                                                arguments.fixtures(),
                                                                arguments.show(),
                                                                token),
                                                        answer)));
    }

    /** Without a selector, the model of the file; where it has none, the answer says so. */
    private Optional<Commands.Arguments> selecting(
            Commands.Arguments arguments, CompletableFuture<Object> answer) {
        if (!arguments.select().isEmpty()) {
            return Optional.of(arguments);
        }
        Optional<Commands.Arguments> one =
                arguments
                        .file()
                        .flatMap(f -> workspace.snapshot().projectOf(f).flatMap(m -> m.nodeOf(f)))
                        .map(node -> arguments.selecting(node.name()));
        if (one.isEmpty()) {
            // No selector at all would compute every model of the project.
            CommandProjects.refuse(
                    answer,
                    arguments
                            .file()
                            .map(f -> f + " defines no model. Open a model, or name one in select.")
                            .orElse(
                                    "Which model? Name one in select, or give the uri of its"
                                            + " file."));
        }
        return one;
    }

    /** Cancels one run, or all of them. */
    CompletableFuture<Object> cancel(Optional<String> id) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        loop.execute(
                () -> {
                    List<Run> chosen = new ArrayList<>(waiting);
                    chosen.addAll(active);
                    chosen.removeIf(run -> id.isPresent() && !id.get().equals(run.id()));
                    chosen.forEach(this::cancel);
                    JsonObject result = new JsonObject();
                    result.addProperty("cancelled", chosen.size());
                    answer.complete(result);
                });
        return answer;
    }

    private void request(
            Path root,
            Commands.Arguments arguments,
            Optional<Either<String, Integer>> token,
            CompletableFuture<Object> answer) {
        RunRequest request = runRequest(root, arguments);
        Optional<Manifest> manifest =
                Optional.ofNullable(workspace.snapshot().projects().get(root));
        Run wanted =
                new Run(
                        "run-" + ++count,
                        request,
                        manifest.map(m -> access.select(m, request)).orElse(Set.of()),
                        token);
        Run run = waiting.stream().filter(w -> w.covers(wanted)).findFirst().orElse(wanted);
        run.answerTo(answer);
        var unused =
                answer.whenComplete(
                        (result, error) -> {
                            if (answer.isCancelled()) {
                                loop.execute(() -> cancelIfUnwanted(run));
                            }
                        });
        if (run != wanted) {
            return;
        }
        open.add(run);
        if (active.stream().anyMatch(a -> a.overlaps(run))) {
            waiting.add(run);
            watch(run).waits();
        } else {
            start(run, manifest);
        }
    }

    private void start(Run run, Optional<Manifest> manifest) {
        active.add(run);
        // Starting anew clears what the last run left on these models' files.
        manifest.ifPresent(
                m -> {
                    for (String id : run.models()) {
                        m.node(id).ifPresent(node -> workspace.forgetRunProblems(node.file()));
                    }
                });
        RunWatch watch = watch(run);
        Thread thread = new Thread(() -> run.execute(engine, watch), "dvt-ls " + run.id());
        thread.setDaemon(true);
        thread.start();
        var unused =
                run.ended()
                        .whenComplete(
                                (result, error) -> {
                                    open.remove(run);
                                    loop.execute(() -> ended(run));
                                });
    }

    private RunWatch watch(Run run) {
        return new RunWatch(run, client, progress, features, loop, workspace, () -> cancel(run));
    }

    private void ended(Run run) {
        active.remove(run);
        afterRun.run();
        for (Run next : List.copyOf(waiting)) {
            if (active.stream().noneMatch(a -> a.overlaps(next))) {
                waiting.remove(next);
                start(
                        next,
                        Optional.ofNullable(
                                workspace.snapshot().projects().get(next.request().projectDir())));
            }
        }
    }

    private void cancel(Run run) {
        loop.execute(
                () -> {
                    if (waiting.remove(run)) {
                        open.remove(run);
                        run.endUnstarted(watch(run));
                    }
                });
        run.cancellation().cancel();
    }

    private void cancelIfUnwanted(Run run) {
        if (run.isUnwanted()) {
            cancel(run);
        }
    }

    private RunRequest runRequest(Path root, Commands.Arguments arguments) {
        return new RunRequest(
                        root,
                        arguments.select(),
                        arguments.exclude(),
                        arguments.target().or(() -> settings.target(root)),
                        Optional.empty(),
                        arguments.fullRefresh(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        arguments.python().map(Path::of).or(() -> settings.interpreter(root)),
                        Optional.empty(),
                        Map.of(),
                        Map.of())
                .debugged(arguments.debugging());
    }

    /** Ends everything, and waits until its processes are gone. */
    @Override
    public void close() {
        // All are told before any is waited for.
        previews.cancel();
        fixtures.cancel();
        Set<Run> left = new HashSet<>(open);
        left.forEach(run -> run.cancellation().cancel());
        for (Run run : left) {
            try {
                if (run.hasStarted()) {
                    run.ended().get(END_SECONDS, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
                // It ended with an error, or will not end: there is no more to wait for.
            }
        }
        previews.close();
        fixtures.close();
    }
}
