package dev.dvtls.run;

import dev.dvtls.cache.KeptPreviews;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.Profile;
import dev.dvtls.project.Project;
import dev.dvtls.run.RunPlan.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs models on this machine, several at a time. Runs may go on at the same time too; two of one
 * model wait for each other.
 */
public final class LocalEngine implements Engine, AutoCloseable {
    private final Surroundings surroundings;
    private final WorkerPool pool = new WorkerPool();
    private final boolean keepWarm;

    LocalEngine(Surroundings surroundings, boolean keepWarm) {
        this.surroundings = surroundings;
        this.keepWarm = keepWarm;
    }

    /**
     * The engine over the user's files and programs.
     *
     * @param keepWarm a spare worker waits for the next run (for a server); else only for the next
     *     model
     */
    public static LocalEngine create(boolean keepWarm) {
        return new LocalEngine(new ProjectSurroundings(), keepWarm);
    }

    /** The process that waits for the next model, if there is one. */
    java.util.OptionalLong sparePid() {
        return pool.sparePid();
    }

    /** What a run of this request would do; no model, database or table is touched. */
    public RunPlan plan(RunRequest request) throws RunRefused, InterruptedException {
        Manifest manifest = surroundings.manifest(request);
        List<Node> selected = selected(manifest, request);
        Path root = manifest.project().root();
        try {
            Map<String, String> environment = environment(root, request);
            Profile profile = surroundings.profile(manifest, request, environment);
            String target =
                    new TargetName(surroundings, request, manifest).of(profile, environment);
            return plan(manifest, selected, target, profile);
        } catch (IOException e) {
            throw new RunRefused(
                    "The project cannot be read: " + DiskTrouble.explained(e, root) + ".");
        }
    }

    /** The nodes that a request selects, whatever can be done with them. */
    public List<Node> selection(RunRequest request) throws RunRefused {
        return surroundings.select(surroundings.manifest(request), request);
    }

    private List<Node> selected(Manifest manifest, RunRequest request) throws RunRefused {
        refuseUnread(
                manifest,
                "Nothing was run: models without what that file configures could replace tables"
                        + " wrongly.");
        List<Node> selected = surroundings.select(manifest, request);
        RunPlan plan = RunPlan.of(manifest, selected, "");
        if (plan.steps().isEmpty()) {
            throw new RunRefused(
                    !plan.notRun().isEmpty()
                            ? plan.notRunSentence()
                            : selected.stream().anyMatch(Lineage::isEphemeral)
                                    ? "The selection has ephemeral models only, which are compiled"
                                            + " into the models that read them. Select one of"
                                            + " those: --select "
                                            + selected.get(0).name()
                                            + "+"
                                    : "The selection has no model or seed to run. dvt-ls list"
                                            + " shows what there is.");
        }
        return selected;
    }

    /** Without its properties an incremental model would be a table, and lose its history. */
    private static void refuseUnread(Manifest manifest, String why) throws RunRefused {
        Path root = manifest.project().root();
        for (Manifest.ProjectProblem problem : manifest.problems()) {
            Path file = problem.file();
            if (file.toString().endsWith(".yml") || file.toString().endsWith(".yaml")) {
                throw new RunRefused(
                        (file.startsWith(root) ? root.relativize(file) : file)
                                + (problem.line() > 0
                                        ? ":" + problem.line() + ":" + problem.column()
                                        : "")
                                + ": "
                                + problem.message()
                                + " "
                                + why);
            }
        }
    }

    private static RunPlan plan(
            Manifest manifest, List<Node> selected, String target, Profile profile)
            throws RunRefused {
        RunPlan plan = RunPlan.of(manifest, selected, target);
        for (Step step : plan.steps()) {
            boolean own = step.node().relation().connection().isPresent();
            if (own && !profile.outputs().containsKey(step.output())) {
                throw new RunRefused(
                        "The config of '"
                                + step.node().name()
                                + "' says target: "
                                + step.output()
                                + ". "
                                + ProfileConnections.unknown(profile, step.output()));
            }
        }
        return plan;
    }

    @Override
    public RunEvent.RunFinished run(
            RunRequest request, Consumer<RunEvent> events, Cancellation cancellation)
            throws RunRefused, InterruptedException {
        ProjectManifest manifest = surroundings.manifest(request);
        List<Node> asked = selected(manifest, request);
        return setting(false, request, manifest, asked)
                .within(
                        events,
                        cancellation,
                        (run, profile, dvt, log) -> {
                            int threads = Threads.of(request, run.target());
                            List<Node> selected = selected(run.manifest(), request);
                            RunPlan plan =
                                    plan(run.manifest(), selected, run.target().name(), profile);
                            run.events()
                                    .accept(
                                            started(
                                                    run,
                                                    plan.steps().stream().map(Step::node),
                                                    log));
                            for (String unclaimed : Misspelt.entries(manifest)) {
                                run.events().accept(new RunEvent.Warning("", unclaimed));
                            }
                            return new PlanRun(
                                            run,
                                            plan,
                                            new ModelLocks(dvt),
                                            threads,
                                            keepWarm ? 1 : 0,
                                            cancellation)
                                    .run();
                        });
    }

    @Override
    public List<Previewed> preview(
            RunRequest request,
            int limit,
            boolean refresh,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        return preview(request, Optional.empty(), limit, refresh, events, cancellation);
    }

    @Override
    public List<Previewed> keep(
            RunRequest request,
            KeptPreviews previews,
            int limit,
            boolean refresh,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        return preview(request, Optional.of(previews), limit, refresh, events, cancellation);
    }

    private List<Previewed> preview(
            RunRequest request,
            Optional<KeptPreviews> kept,
            int limit,
            boolean refresh,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        return look(
                request,
                "Nothing was computed: without what that file configures, rows could come out of"
                        + " other tables than those that are meant.",
                events,
                cancellation,
                (run, nodes) -> {
                    Upstreams upstreams = new Upstreams(run, !refresh, (model, read) -> {});
                    return new PreviewRun(run, upstreams, limit, kept).all(nodes);
                });
    }

    @Override
    public List<SavedFixtures> saveFixtures(
            RunRequest request,
            FixtureOptions options,
            Consumer<RunEvent> events,
            Cancellation cancellation)
            throws RunRefused, InterruptedException {
        return look(
                request,
                "Nothing was saved: without what that file configures, rows could come out of"
                        + " other tables than those that are meant.",
                events,
                cancellation,
                (run, nodes) -> {
                    Upstreams upstreams =
                            new Upstreams(run, !options.refresh(), (model, read) -> {});
                    return new FixtureSave(run, upstreams, options).all(nodes);
                });
    }

    /** What is done with the nodes of a selection. */
    private interface Look<T> {
        List<T> at(RunContext run, List<Node> nodes) throws RunRefused, InterruptedException;
    }

    /** Work that loads nothing. */
    private <T> List<T> look(
            RunRequest request,
            String orElse,
            Consumer<RunEvent> events,
            Cancellation cancellation,
            Look<T> look)
            throws RunRefused, InterruptedException {
        ProjectManifest manifest = surroundings.manifest(request);
        refuseUnread(manifest, orElse);
        return setting(true, request, manifest, surroundings.select(manifest, request))
                .within(
                        events,
                        cancellation,
                        (run, profile, dvt, log) -> {
                            List<Node> selected = surroundings.select(run.manifest(), request);
                            run.events().accept(started(run, selected.stream(), log));
                            return look.at(run, selected);
                        });
    }

    private Setting setting(
            boolean preview, RunRequest request, ProjectManifest manifest, List<Node> asked) {
        return new Setting(surroundings, pool, preview, request, manifest, asked);
    }

    private static RunEvent.RunStarted started(RunContext run, Stream<Node> nodes, Path log) {
        return new RunEvent.RunStarted(
                run.target().name(), run.target().type(), nodes.map(Node::uniqueId).toList(), log);
    }

    /** The project's {@code .env}, over it the user's environment, over that the request's. */
    static Map<String, String> environment(Path root, RunRequest request) throws IOException {
        Map<String, String> environment = new HashMap<>(DotEnv.read(root));
        environment.putAll(System.getenv());
        environment.putAll(request.environment());
        // The interpreter must leave no __pycache__ in the user's tree, nor read a stale one.
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return Map.copyOf(environment);
    }

    /** dbt's scopes: the project's own, its name's, the request's. */
    static Map<String, Object> vars(Project project, RunRequest request) {
        Map<String, Object> vars = new LinkedHashMap<>(project.vars());
        if (vars.remove(project.name()) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> vars.put(String.valueOf(key), value));
        }
        vars.putAll(request.vars());
        return vars;
    }

    /** How long since. */
    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        pool.close();
    }
}
