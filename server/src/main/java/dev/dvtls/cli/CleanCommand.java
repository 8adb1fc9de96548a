package dev.dvtls.cli;

import dev.dvtls.cache.Cleaning;
import dev.dvtls.cache.Cleaning.Removed;
import dev.dvtls.cache.Cleaning.RunAtWork;
import dev.dvtls.project.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls clean}. */
@Command(
        name = "clean",
        description =
                "Removes the project's cache, logs and compiled SQL. The next run reads what it"
                        + " needs from the target again.",
        mixinStandardHelpOptions = true)
public final class CleanCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--all",
            description =
                    "The whole .dvt folder, with the Python environment and the tools that"
                            + " `env create` installed.")
    private boolean all;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Project read = project.loadUsable().project();
        Path root = read.root();
        Path compiled = root.resolve(read.targetPath()).resolve("compiled").normalize();
        if (!compiled.startsWith(root)) {
            throw CommandFailed.usage(
                    "target-path leads out of the project, to "
                            + compiled
                            + ": nothing is removed there. Remove it by hand, and set target-path"
                            + " to a folder of the project.");
        }
        try {
            List<Removed> removed = new Cleaning(root).clean(List.of(compiled), all);
            for (Removed one : removed) {
                out.println("removed " + shown(root, one.path()) + " (" + size(one.bytes()) + ")");
            }
            long bytes = removed.stream().mapToLong(Removed::bytes).sum();
            out.println(
                    removed.isEmpty() ? "Nothing to remove." : "Freed " + size(bytes) + " in all.");
            out.flush();
            return ExitCode.OK;
        } catch (RunAtWork e) {
            throw CommandFailed.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailed.failed("Not everything could be removed: " + e + ".");
        }
    }

    private static String shown(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double size = bytes;
        String[] units = {"kB", "MB", "GB", "TB"};
        int unit = -1;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
