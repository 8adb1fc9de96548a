package dev.dvtls.cli;

import dev.dvtls.project.ProjectFinder;
import dev.dvtls.run.env.EnvCreate;
import dev.dvtls.run.env.EnvironmentException;
import dev.dvtls.run.env.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dvt-ls env}: what runs need on the machine. */
@Command(
        name = "env",
        description = "Makes what runs need: the engine's tools and a Python environment.",
        subcommands = EnvCommand.Create.class,
        mixinStandardHelpOptions = true)
public final class EnvCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw CommandFailed.usage("Say what to do: `dvt-ls env create`.");
    }

    /** {@code dvt-ls env create}. */
    @Command(
            name = "create",
            description = {
                "Makes what is missing: .dvt/tools (Sling, the DuckDB program, jinja2) and, where"
                        + " the project has no environment of its own, .dvt/venv for its models.",
                "DVT_TOOLS_DIR and DVT_VENV name folders to use instead, for many projects at once."
            },
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Option(
                names = "--project-dir",
                paramLabel = "DIR",
                description = "Folder of the project. Default: the nearest one, else this folder.")
        private @Nullable Path projectDir;

        @Option(
                names = "--python",
                paramLabel = "PYTHON",
                description = "The Python to make environments with. Default: the first on PATH.")
        private @Nullable Path python;

        @Option(names = "--tools-only", description = "No environment for models.")
        private boolean toolsOnly;

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            CommandSpec known = spec;
            if (known == null) {
                throw new IllegalStateException("picocli sets the spec before a call");
            }
            PrintWriter out = known.commandLine().getOut();
            try (OnInterrupt interrupt = OnInterrupt.begin()) {
                EnvCreate create =
                        new EnvCreate(
                                root(),
                                Machine.here(),
                                Optional.ofNullable(python),
                                interrupt.cancellation(),
                                line -> {
                                    out.println(line);
                                    out.flush();
                                });
                if (toolsOnly) {
                    create.tools();
                } else {
                    create.run();
                }
                return ExitCode.OK;
            } catch (EnvironmentException e) {
                throw CommandFailed.failed(e.getMessage());
            }
        }

        private Path root() {
            Path given = projectDir;
            if (given != null) {
                Path root = given.toAbsolutePath().normalize();
                if (!root.toFile().isDirectory()) {
                    throw CommandFailed.usage(
                            "The folder " + root + " does not exist. Check --project-dir.");
                }
                return root;
            }
            Path here = Path.of("").toAbsolutePath();
            return ProjectFinder.enclosing(here).orElse(here);
        }
    }
}
