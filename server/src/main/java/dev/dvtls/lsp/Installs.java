package dev.dvtls.lsp;

import com.google.gson.JsonObject;
import dev.dvtls.assist.MissingPackage;
import dev.dvtls.run.env.Machine;
import dev.dvtls.run.env.PackageInstall;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Packages that the user told to install, one after another. Thread-safe. */
final class Installs {
    private final Client client;
    private final Machine machine;
    private final UserTasks tasks;

    /**
     * @param tasks one after another: two at a time in one environment would spoil it
     */
    Installs(Client client, Machine machine, UserTasks tasks) {
        this.client = client;
        this.machine = machine;
        this.tasks = tasks;
    }

    /**
     * What is asked.
     *
     * @param name of the package
     * @param python that the user has chosen
     */
    record Wanted(
            Path root,
            Optional<String> name,
            Optional<Path> python,
            Optional<Either<String, Integer>> token) {}

    /**
     * Begins; the answer is completed when the package is there.
     *
     * @param installed called then, from any thread
     */
    void begin(Wanted wanted, Runnable installed, CompletableFuture<Object> answer) {
        Optional<String> name = wanted.name().filter(MissingPackage::isName);
        if (name.isEmpty()) {
            CommandProjects.refuse(
                    answer, "Which package? Give the name of one, as pip knows it, in package.");
            return;
        }
        tasks.begin(
                new UserTasks.Named("Installing " + name.get(), "The installation", wanted.token()),
                answer,
                (work, cancellation) -> {
                    Path python =
                            new PackageInstall(
                                            wanted.root(), machine, wanted.python(), cancellation)
                                    .run(name.get(), work::report);
                    installed.run();
                    client.showMessage(
                            new MessageParams(
                                    MessageType.Info,
                                    name.get() + " was installed into " + python + "."));
                    JsonObject result = new JsonObject();
                    result.addProperty("installed", name.get());
                    result.addProperty("python", python.toString());
                    return result;
                });
    }
}
