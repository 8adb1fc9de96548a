package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.ProjectLoader;
import dev.dvtls.run.SqlCompiler.Compiled;
import dev.dvtls.run.SqlCompiler.Place;
import dev.dvtls.testing.TestTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A compiler over a project on disk, with the real worker. */
final class TestCompiler implements AutoCloseable {
    final List<RunEvent> events = new ArrayList<>();
    final Manifest manifest;
    final Connection target;
    final WorkerCompiler compiler;
    private int started;

    TestCompiler(RunProject project, Connection target) {
        this(project, target, Map.of(), new Cancellation());
    }

    TestCompiler(
            RunProject project,
            Connection target,
            Map<String, Connection> others,
            Cancellation cancellation) {
        this.manifest = ProjectLoader.load(project.root);
        this.target = target;
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        RunConnections connections =
                name -> {
                    Connection other = others.get(name);
                    if (other == null) {
                        throw ModelFailure.of("unknown-connection", "no output " + name);
                    }
                    return other;
                };
        Consumer<RunEvent> told = events::add;
        this.compiler =
                new WorkerCompiler(
                        new WorkerCompiler.Setup(
                                project.request(),
                                manifest,
                                "shop",
                                target,
                                connections,
                                () -> {
                                    started++;
                                    return new WorkerProcess.Launch(
                                            TestTools.tools().sling().resolveSibling("python"),
                                            Path.of("src/main/python").toAbsolutePath(),
                                            project.root,
                                            environment);
                                },
                                vars(manifest.project().vars()),
                                told,
                                cancellation));
    }

    private static Map<String, Object> vars(Map<String, Object> ofProject) {
        Map<String, Object> vars = new HashMap<>(ofProject);
        vars.put("who", "ann");
        return vars;
    }

    static Connection connection(String name, String type, String... fields) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return new Connection(name, type, all);
    }

    int started() {
        return started;
    }

    Node node(String name) {
        return manifest.nodes().stream()
                .filter(n -> n.name().equals(name) && n.kind() == Node.Kind.MODEL)
                .findFirst()
                .orElseThrow();
    }

    Compiled inside(String model) throws Exception {
        return compiler.compile(node(model), new Place.Inside(target), false);
    }

    Compiled overCache(String model) throws Exception {
        return compiler.compile(node(model), new Place.OverCache(), false);
    }

    RunEvent.Failure failure(String model) throws Exception {
        try {
            Compiled compiled = inside(model);
            throw new AssertionError(model + " compiled: " + compiled.sql());
        } catch (ModelFailure e) {
            return e.failure();
        }
    }

    @Override
    public void close() {
        compiler.close();
    }
}
