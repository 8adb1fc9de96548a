package dev.dvtls.run;

import dev.dvtls.cache.DvtFolder;
import dev.dvtls.cache.ParquetCache;
import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.Profile;
import dev.dvtls.run.Engine.RunRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes ready what the models of one run share, and clears it away.
 *
 * @param preview nothing is loaded
 * @param asked the nodes of the request's selection, as far as the project's texts tell
 */
record Setting(
        Surroundings surroundings,
        WorkerPool pool,
        boolean preview,
        RunRequest request,
        ProjectManifest manifest,
        List<Node> asked) {

    /** What is done with the context of a run. */
    interface Body<T> {
        T go(RunContext run, Profile profile, DvtFolder dvt, Path log)
                throws RunRefused, InterruptedException, IOException;
    }

    <T> T within(Consumer<RunEvent> events, Cancellation cancellation, Body<T> body)
            throws RunRefused, InterruptedException {
        Path root = manifest.project().root();
        try {
            DvtFolder dvt = DvtFolder.open(root);
            try (WorkFolder work = WorkFolder.open(dvt);
                    RunLog log = RunLog.open(dvt, preview)) {
                return within(dvt, work, log, events, cancellation, body);
            }
        } catch (IOException e) {
            throw new RunRefused(
                    "The project cannot be run: " + DiskTrouble.explained(e, root.resolve(".dvt")));
        }
    }

    private <T> T within(
            DvtFolder dvt,
            WorkFolder work,
            RunLog log,
            Consumer<RunEvent> events,
            Cancellation cancellation,
            Body<T> body)
            throws RunRefused, InterruptedException, IOException {
        Path root = manifest.project().root();
        Map<String, String> environment = LocalEngine.environment(root, request);
        Path home = WorkerFiles.unpack(dvt);
        WorkerProcess.Launch models =
                new WorkerProcess.Launch(
                        surroundings.python(root, request), home, root, environment);
        if (asked.stream().anyMatch(Node::isPython)) {
            pool.warm(models, 1); // it imports while the rest is made ready
        }
        Optional<Debugged> debugged = Debugged.of(request, manifest, surroundings);
        Map<String, Object> vars = LocalEngine.vars(manifest.project(), request);
        Profile profile = surroundings.profile(manifest, request, environment);
        WorkerProcess.Launch tools =
                new WorkerProcess.Launch(
                        surroundings.pythonOfTools(root, request), home, root, environment);
        ProfileConnections connections =
                new ProfileConnections(
                        profile, new WorkerRenderer(tools, vars, cancellation), environment);
        RunConnections used =
                request.onFixtures() ? new UnusedConnections(connections, profile) : connections;
        Connection target = target(connections, used);
        // Stops the run at a failure as well; then the user has cancelled nothing.
        Cancellation stop = new Cancellation();
        Cancellation.Registration registration = cancellation.onCancel(stop::cancel);
        Consumer<RunEvent> told = told(connections, log, events);
        Transcript transcript = new RunTranscript(log, connections, told);
        try (WorkerCompiler compiler =
                new WorkerCompiler(
                        new WorkerCompiler.Setup(
                                request,
                                manifest,
                                profile.name(),
                                target,
                                used,
                                () -> tools,
                                vars,
                                told,
                                stop))) {
            ProjectManifest known = revealed(compiler, target, used, told);
            RunContext context =
                    new RunContext(
                            request,
                            known,
                            profile.name(),
                            target,
                            used,
                            surroundings.transfers(root, request, work, transcript, stop),
                            compiler,
                            ParquetCache.open(dvt),
                            work,
                            pool,
                            models,
                            vars,
                            debugged,
                            told,
                            stop);
            return body.go(context, profile, dvt, log.file());
        } finally {
            registration.close();
        }
    }

    private ProjectManifest revealed(
            WorkerCompiler compiler,
            Connection target,
            RunConnections connections,
            Consumer<RunEvent> events)
            throws InterruptedException {
        try {
            ProjectManifest known =
                    new Revealing(compiler, manifest, target, connections, events).of(scope());
            compiler.use(known);
            return known;
        } catch (CancelledException e) {
            return manifest; // nothing of it will start
        }
    }

    /** Downstream and config may be other ones when rendered, wherever they are. */
    private Collection<Node> scope() {
        return Stream.concat(request.select().stream(), request.exclude().stream())
                        .anyMatch(
                                word -> word.matches("(?s).*(@|\\+\\d*(\\s|,|$)|config\\.|tag:).*"))
                ? manifest.nodes()
                : asked;
    }

    private static void warn(Optional<String> trouble, Consumer<RunEvent> events) {
        trouble.ifPresent(text -> events.accept(new RunEvent.Warning("", text)));
    }

    /** Hands events on one after another, whichever model they come from. */
    private static Consumer<RunEvent> told(
            ProfileConnections connections, RunLog log, Consumer<RunEvent> events) {
        Object inOrder = new Object();
        return event -> {
            synchronized (inOrder) {
                RunEvent clean = connections.redaction().clean(event);
                warn(log.write(clean), events);
                events.accept(clean);
            }
        };
    }

    private Connection target(ProfileConnections profile, RunConnections connections)
            throws RunRefused, InterruptedException {
        try {
            return connections.get(
                    request.target().isPresent()
                            ? request.target().get()
                            : profile.defaultTarget());
        } catch (ModelFailure e) {
            throw new RunRefused(e.failure().message());
        }
    }
}
