package dev.dvtls.cli;

import dev.dvtls.check.Checker;
import dev.dvtls.check.Outside;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.project.FileText;
import dev.dvtls.run.LocalOutside;
import dev.dvtls.run.env.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dvt-ls check}: what is wrong with the models of a project, or of several. */
@Command(
        name = "check",
        description = "Checks the models of a project and prints what is wrong, without running.",
        footer = {
            "",
            "Exit code: 0 nothing wrong (warnings count as nothing), 1 errors were found, 2 a wrong"
                    + " call or a project file that cannot be used."
        },
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description =
                    "Files or folders to check; a folder may hold several projects. Default: the"
                            + " project of the working directory, or those below it.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--project-dir",
            paramLabel = "DIR",
            description = "Folder of the project, or of several.")
    private @Nullable Path projectDir;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--hints", description = "Print hints too: remarks on code that works.")
    private boolean hints;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The interpreter that models run in, to look for their imports in.")
    private @Nullable Path python;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (LocalOutside outside =
                LocalOutside.waiting(Optional.ofNullable(python), Machine.here())) {
            return check(outside);
        }
    }

    private int check(Outside outside) {
        CheckedPlaces places = CheckedPlaces.of(paths, Optional.ofNullable(projectDir));
        List<Located> located = new ArrayList<>();
        Texts texts = new Texts();
        int files = 0;
        boolean unusable = false;
        for (Path root : places.roots()) {
            ProjectManifest manifest = ProjectLoader.load(root);
            texts.add(manifest);
            files += (int) manifest.files().stream().filter(f -> places.covers(f.path())).count();
            unusable |=
                    manifest.problems().stream()
                            .anyMatch(p -> p.file().equals(manifest.project().file()));
            for (Problem problem : Checker.checkAll(manifest, texts::of, outside)) {
                if (places.covers(problem.file())
                        && (hints || problem.severity() != Severity.HINT)) {
                    located.add(Located.of(problem, texts.get(problem.file())));
                }
            }
        }
        print(located, files, texts);
        boolean errors = located.stream().anyMatch(l -> l.problem().severity() == Severity.ERROR);
        return unusable ? ExitCode.USAGE : errors ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(List<Located> located, int files, Texts texts) {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("picocli sets the spec before a call");
        }
        PrintWriter out = known.commandLine().getOut();
        Path here = Path.of("").toAbsolutePath();
        out.print(
                format == OutputFormat.JSON
                        ? CheckJson.of(located, here, texts::get)
                        : new CheckText(here, Ansi.AUTO.enabled(), texts::get).of(located, files));
        out.flush();
    }

    /** The texts that problems stand in: the models' as they were read, others from disk. */
    private static final class Texts {
        private final Map<Path, String> known = new HashMap<>();

        void add(ProjectManifest manifest) {
            for (ModelFile file : manifest.files()) {
                known.put(file.path(), file.text());
            }
        }

        Optional<String> of(Path file) {
            String text = known.get(file);
            return text == null ? FileText.read(file).text() : Optional.of(text);
        }

        String get(Path file) {
            return of(file).orElse("");
        }
    }
}
