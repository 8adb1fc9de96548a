package dev.dvtls.run;

import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.manifest.Selector;
import dev.dvtls.project.Profile;
import dev.dvtls.project.ProfileReader;
import dev.dvtls.run.Engine.RunRefused;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.env.Debugpy;
import dev.dvtls.run.env.EnvironmentException;
import dev.dvtls.run.env.Interpreter;
import dev.dvtls.run.env.Machine;
import dev.dvtls.run.env.PythonVersion;
import dev.dvtls.run.env.ToolFinder;
import dev.dvtls.run.transfer.Limits;
import dev.dvtls.run.transfer.SlingTransfers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The user's project on disk, and the programs of this machine. */
final class ProjectSurroundings implements Surroundings {
    @Override
    public ProjectManifest manifest(RunRequest request) throws RunRefused {
        ProjectManifest manifest = ProjectLoader.load(request.projectDir());
        List<Manifest.ProjectProblem> fatal =
                manifest.problems().stream()
                        .filter(p -> p.file().equals(manifest.project().file()))
                        .toList();
        if (!fatal.isEmpty()) {
            throw new RunRefused(
                    fatal.stream()
                            .map(p -> p.file() + ":" + p.line() + ": " + p.message())
                            .collect(Collectors.joining("\n")));
        }
        return manifest;
    }

    @Override
    public List<Node> select(Manifest manifest, RunRequest request) throws RunRefused {
        try {
            List<Node> nodes = new ArrayList<>();
            for (String id : Selector.select(manifest, request.select(), request.exclude())) {
                manifest.node(id).ifPresent(nodes::add);
            }
            return nodes;
        } catch (Selector.UnknownSelection e) {
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Profile profile(Manifest manifest, RunRequest request, Map<String, String> environment)
            throws RunRefused {
        ProfileReader.Result result =
                ProfileReader.read(manifest.project(), request.profilesDir(), environment);
        if (result.profile().isEmpty()) {
            throw new RunRefused(
                    result.problems().stream()
                            .map(p -> p.file() + ": " + p.message())
                            .collect(Collectors.joining("\n")));
        }
        return result.profile().get();
    }

    @Override
    public Path python(Path projectDir, RunRequest request) throws RunRefused {
        Interpreter interpreter =
                Interpreter.find(projectDir, request.python(), machine(request))
                        .orElseThrow(() -> new RunRefused(noPython(request)));
        Optional<String> problem = interpreter.problem();
        if (problem.isPresent()) {
            throw new RunRefused(problem.get());
        }
        return interpreter.python();
    }

    private static String noPython(RunRequest request) {
        return request.python()
                .map(
                        chosen ->
                                "There is no interpreter "
                                        + chosen
                                        + ". Check --python or the editor's setting.")
                .orElse(
                        "There is no Python to run models in. Install Python "
                                + PythonVersion.OLDEST
                                + " or later, then run `dvt-ls env create`.");
    }

    /** That of the tools, else the models' own: it may have jinja2 as well. */
    @Override
    public Path pythonOfTools(Path projectDir, RunRequest request) throws RunRefused {
        Optional<Path> tools =
                ToolFinder.find(projectDir, request.sling(), machine(request)).python();
        return tools.isPresent() ? tools.get() : python(projectDir, request);
    }

    @Override
    public Path debugpy(Path projectDir, RunRequest request) throws RunRefused {
        try {
            return Debugpy.find(projectDir, python(projectDir, request), machine(request)).folder();
        } catch (EnvironmentException e) {
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Transfers transfers(
            Path projectDir,
            RunRequest request,
            WorkFolder work,
            Transcript transcript,
            Cancellation cancellation)
            throws RunRefused {
        if (request.onFixtures()) {
            return new NoTransfers(); // so that no program is needed either
        }
        try {
            return SlingTransfers.in(
                    projectDir,
                    work.path().resolve("transfers"),
                    ToolFinder.find(projectDir, request.sling(), machine(request)).require(),
                    Limits.USUAL,
                    transcript,
                    cancellation);
        } catch (TransferException | EnvironmentException e) {
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    private static Machine machine(RunRequest request) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(request.environment());
        return Machine.here(environment);
    }
}
