package dev.dvtls.lsp;

import dev.dvtls.manifest.Manifest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Which project a command means that programs are started for. */
final class CommandProjects {
    private final Loop loop;
    private final Workspace workspace;
    private final Projects projects;
    private final FolderSettings settings;

    CommandProjects(Loop loop, Workspace workspace, Projects projects, FolderSettings settings) {
        this.loop = loop;
        this.workspace = workspace;
        this.projects = projects;
        this.settings = settings;
    }

    /**
     * Refuses in a folder that is not trusted, and where no project is meant.
     *
     * @param begin gets the project's folder, and the answer to complete; called on the loop, once
     *     the projects are read
     */
    CompletableFuture<Object> begin(
            Commands.Arguments arguments, BiConsumer<Path, CompletableFuture<Object>> begin) {
        if (!settings.trusted()) {
            return DvtServer.failed(
                    ResponseErrorCode.RequestFailed,
                    "Nothing is run in a folder that is not trusted. Trust the folder in your"
                            + " editor, then run again.");
        }
        CompletableFuture<Object> answer = new CompletableFuture<>();
        loop.execute(
                () ->
                        projects.whenSettled(
                                arguments.place(),
                                () -> {
                                    if (!answer.isDone()) { // cancelled before it began
                                        root(arguments, answer)
                                                .ifPresent(root -> begin.accept(root, answer));
                                    }
                                }));
        return answer;
    }

    /** The project's folder; where there is none, the answer says so. */
    private Optional<Path> root(Commands.Arguments arguments, CompletableFuture<Object> answer) {
        Optional<Path> root = root(arguments);
        if (root.isEmpty()) {
            refuse(
                    answer,
                    arguments
                            .file()
                            .map(
                                    file ->
                                            file
                                                    + " is in no project: there is no"
                                                    + " dbt_project.yml in a folder above it.")
                            .orElse(
                                    "Which project? Give projectDir, or the uri of a file in"
                                            + " it."));
        }
        return root;
    }

    private Optional<Path> root(Commands.Arguments arguments) {
        Snapshot snapshot = workspace.snapshot();
        if (arguments.projectDir().isPresent()) {
            return arguments.projectDir();
        }
        if (arguments.file().isPresent()) {
            return snapshot.rootOf(arguments.file().get());
        }
        return snapshot.projects().size() == 1
                ? snapshot.projects().keySet().stream().findFirst()
                : Optional.empty();
    }

    /** What is read of the project in a folder; where there is none, the answer says so. */
    Optional<Manifest> manifest(Path root, CompletableFuture<Object> answer) {
        Optional<Manifest> manifest =
                Optional.ofNullable(workspace.snapshot().projects().get(root));
        if (manifest.isEmpty()) {
            refuse(answer, "There is no project open in " + root + ". Open its folder.");
        }
        return manifest;
    }

    static void refuse(CompletableFuture<Object> answer, String message) {
        answer.completeExceptionally(
                new ResponseErrorException(
                        new ResponseError(ResponseErrorCode.InvalidParams, message, null)));
    }
}
