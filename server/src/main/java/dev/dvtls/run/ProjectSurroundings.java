package dev.dvtls.run;

import dev.dvtls.cache.WorkFolder;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.manifest.Selector;
import dev.dvtls.project.Profile;
import dev.dvtls.project.ProfileReader;
import dev.dvtls.run.Engine.RunRefused;
import dev.dvtls.run.Transfers.TransferException;
import dev.dvtls.run.env.Tools;
import dev.dvtls.run.transfer.Limits;
import dev.dvtls.run.transfer.SlingTransfers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The user's project on disk, and the programs of this machine. */
final class ProjectSurroundings implements Surroundings {
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    @Override
    public Manifest manifest(RunRequest request) throws RunRefused {
        Manifest manifest = ProjectLoader.load(request.projectDir());
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
        String program = WINDOWS ? "Scripts\\python.exe" : "bin/python";
        List<Path> places = new ArrayList<>();
        request.python().ifPresent(places::add);
        for (String variable : List.of("DVT_VENV", "VIRTUAL_ENV", "CONDA_PREFIX")) {
            String folder = System.getenv(variable);
            if (folder != null && !folder.isBlank()) {
                places.add(Path.of(folder).resolve(program));
            }
        }
        for (String folder : List.of(".venv", "venv", ".dvt/venv")) {
            places.add(projectDir.resolve(folder).resolve(program));
        }
        return places.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(WINDOWS ? "python" : "python3"));
    }

    @Override
    public Path pythonOfTools(Path projectDir, RunRequest request) throws RunRefused {
        return tools(projectDir).resolve(WINDOWS ? "Scripts\\python.exe" : "bin/python");
    }

    @Override
    public Transfers transfers(
            Path projectDir, RunRequest request, WorkFolder work, Cancellation cancellation)
            throws RunRefused {
        try {
            return SlingTransfers.in(
                    projectDir,
                    work.path().resolve("transfers"),
                    Tools.in(tools(projectDir)),
                    Limits.USUAL,
                    cancellation);
        } catch (TransferException e) {
            throw new RunRefused(e.getMessage());
        }
    }

    private static Path tools(Path projectDir) {
        String folder = System.getenv("DVT_TOOLS_DIR");
        return folder != null && !folder.isBlank()
                ? Path.of(folder)
                : projectDir.resolve(".dvt/tools");
    }
}
