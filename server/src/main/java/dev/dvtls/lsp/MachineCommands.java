package dev.dvtls.lsp;

import dev.dvtls.assist.MissingPackage;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.Project;
import dev.dvtls.run.env.Machine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The commands that look at this machine, or change what is installed on it. */
final class MachineCommands implements AutoCloseable {
    private final Loop loop;
    private final Workspace workspace;
    private final CommandProjects projects;
    private final FolderSettings settings;
    private final Machine machine;
    private final UserTasks examinations;
    private final UserTasks installations;
    private final Installs installs;
    private final Environments environments;

    MachineCommands(
            Loop loop,
            Client client,
            Progress progress,
            Workspace workspace,
            CommandProjects projects,
            FolderSettings settings,
            Machine machine) {
        this.loop = loop;
        this.workspace = workspace;
        this.projects = projects;
        this.settings = settings;
        this.machine = machine;
        this.examinations =
                new UserTasks(
                        progress, Executors.newCachedThreadPool(Daemons.named("dvt-ls doctor")));
        // Two at a time in one environment would spoil it.
        this.installations =
                new UserTasks(
                        progress,
                        Executors.newSingleThreadExecutor(Daemons.named("dvt-ls install")));
        this.installs = new Installs(client, machine, installations);
        this.environments =
                new Environments(client, settings, machine, examinations, installations);
    }

    Environments environments() {
        return environments;
    }

    /** A package for the models' Python, because the user said so. */
    CompletableFuture<Object> install(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(
                arguments,
                (root, answer) ->
                        installs.begin(
                                new Installs.Wanted(
                                        root,
                                        arguments.packageName(),
                                        python(arguments, root),
                                        token),
                                () -> forgetMissing(arguments),
                                answer));
    }

    /** What a client starts to debug the project's models. */
    CompletableFuture<Object> debugAdapter(Commands.Arguments arguments) {
        return projects.begin(
                arguments,
                (root, answer) -> {
                    Optional<Path> python = python(arguments, root);
                    answer.completeAsync(() -> DebugAdapters.of(root, python, machine));
                });
    }

    private Optional<Path> python(Commands.Arguments arguments, Path root) {
        return arguments.python().map(Path::of).or(() -> settings.interpreter(root));
    }

    /** What runs said of the package is no longer so. */
    private void forgetMissing(Commands.Arguments arguments) {
        loop.execute(
                () ->
                        workspace.snapshot().runProblems().entrySet().stream()
                                .filter(
                                        entry ->
                                                entry.getValue().stream()
                                                        .map(MissingPackage::of)
                                                        .anyMatch(arguments.packageName()::equals))
                                .map(Map.Entry::getKey)
                                .forEach(workspace::forgetRunProblems));
    }

    /** The whole report of what runs need. */
    CompletableFuture<Object> doctor(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(
                arguments,
                (root, answer) ->
                        project(root, answer)
                                .ifPresent(
                                        project ->
                                                environments.examine(
                                                        project, arguments, token, answer)));
    }

    /** Makes what runs need. */
    CompletableFuture<Object> createEnvironment(
            Commands.Arguments arguments, Optional<Either<String, Integer>> token) {
        return projects.begin(
                arguments,
                (root, answer) ->
                        project(root, answer)
                                .ifPresent(
                                        project ->
                                                environments.create(
                                                        project, arguments, token, answer)));
    }

    private Optional<Project> project(Path root, CompletableFuture<Object> answer) {
        return projects.manifest(root, answer).map(Manifest::project);
    }

    void cancel() {
        installations.cancel();
        examinations.cancel();
    }

    @Override
    public void close() {
        installations.close();
        examinations.close();
    }
}
