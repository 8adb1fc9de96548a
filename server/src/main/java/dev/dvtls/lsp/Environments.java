package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.project.Project;
import dev.dvtls.run.Cancellation;
import dev.dvtls.run.Doctor;
import dev.dvtls.run.Doctor.Finding;
import dev.dvtls.run.env.EnvCreate;
import dev.dvtls.run.env.EnvironmentException;
import dev.dvtls.run.env.EnvironmentGlance;
import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.InterpreterChoice;
import dev.dvtls.run.env.Machine;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What runs need of the machine: shown, examined, made. Thread-safe. */
final class Environments {
    private final Client client;
    private final FolderSettings settings;
    private final Machine machine;
    private final UserTasks examinations;
    private final UserTasks installations;

    /**
     * @param installations one after another
     */
    Environments(
            Client client,
            FolderSettings settings,
            Machine machine,
            UserTasks examinations,
            UserTasks installations) {
        this.client = client;
        this.settings = settings;
        this.machine = machine;
        this.examinations = examinations;
        this.installations = installations;
    }

    /** Of each project, by folder. Starts nothing; reads files. */
    JsonArray glances(Snapshot snapshot) {
        JsonArray all = new JsonArray();
        snapshot.projects().values().stream()
                .map(Manifest::project)
                .sorted(Comparator.comparing(Project::root))
                .forEach(project -> all.add(glance(project)));
        return all;
    }

    private JsonObject glance(Project project) {
        return EnvironmentAnswers.glance(
                project,
                EnvironmentGlance.of(project.root(), settings.choice(project.root()), machine));
    }

    /** Starts the programs and opens the connections. */
    void examine(
            Project project,
            Commands.Arguments arguments,
            Optional<Either<String, Integer>> token,
            CompletableFuture<Object> answer) {
        examinations.begin(
                new UserTasks.Named(
                        "Looking at what runs of " + project.name() + " need",
                        "The examination",
                        token),
                answer,
                (work, cancellation) -> {
                    List<Finding> findings =
                            Doctor.examine(question(project, arguments), machine, cancellation);
                    if (cancellation.isCancelled()) {
                        throw new EnvironmentException("The examination was cancelled.");
                    }
                    if (arguments.show()) {
                        tell(project, findings);
                    }
                    return EnvironmentAnswers.report(project, findings);
                });
    }

    private Doctor.Question question(Project project, Commands.Arguments arguments) {
        return new Doctor.Question(
                project,
                Optional.empty(),
                arguments.target(),
                arguments
                        .python()
                        .map(path -> InterpreterChoice.of(Optional.of(Path.of(path))))
                        .orElseGet(() -> settings.choice(project.root())),
                Optional.empty());
    }

    /** For clients without a page for it. */
    private void tell(Project project, List<Finding> findings) {
        List<Finding> wrong =
                findings.stream().filter(f -> f.status() == Doctor.Status.FAILED).toList();
        client.showMessage(
                wrong.isEmpty()
                        ? new MessageParams(
                                MessageType.Info,
                                "Nothing that runs of " + project.name() + " need is missing.")
                        : new MessageParams(
                                MessageType.Error,
                                wrong.stream()
                                        .map(f -> f.name() + ": " + f.detail())
                                        .collect(Collectors.joining("\n"))));
    }

    /** Makes the tools, and an environment where the project has none of its own. */
    void create(
            Project project,
            Commands.Arguments arguments,
            Optional<Either<String, Integer>> token,
            CompletableFuture<Object> answer) {
        installations.begin(
                new UserTasks.Named(
                        "Making the environment of " + project.name(),
                        "Making the environment",
                        token),
                answer,
                (work, cancellation) -> {
                    make(project, arguments, work, cancellation);
                    JsonObject result = glance(project);
                    client.showMessage(ready(project));
                    return result;
                });
    }

    private void make(
            Project project,
            Commands.Arguments arguments,
            Progress.Work work,
            Cancellation cancellation)
            throws EnvironmentException, InterruptedException {
        try {
            EnvCreate create =
                    new EnvCreate(
                            project.root(),
                            machine,
                            arguments.python().map(Path::of),
                            cancellation,
                            work::report);
            create.tools();
            if (interpreter(project).filter(found -> !found.givesWay()).isEmpty()) {
                create.models();
            }
        } catch (EnvironmentException e) {
            throw cancellation.isCancelled()
                    ? new EnvironmentException(
                            "Making the environment was cancelled. What is whole stays; create it"
                                    + " again to go on.")
                    : e;
        }
    }

    private Optional<Interpreter> interpreter(Project project) {
        return Interpreter.find(project.root(), settings.choice(project.root()), machine);
    }

    private MessageParams ready(Project project) {
        return interpreter(project)
                .map(
                        found ->
                                new MessageParams(
                                        MessageType.Info,
                                        "The environment of "
                                                + project.name()
                                                + " is ready. Models run in "
                                                + found.python()
                                                + ": "
                                                + found.why().words()
                                                + "."))
                .orElseGet(
                        () ->
                                new MessageParams(
                                        MessageType.Warning,
                                        "The environment of "
                                                + project.name()
                                                + " is ready, but the interpreter that was chosen"
                                                + " is not there. Choose another."));
    }
}
