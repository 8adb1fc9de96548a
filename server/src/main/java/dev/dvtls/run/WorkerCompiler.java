package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.Node;
import dev.dvtls.project.Project;
import dev.dvtls.sql.QueryText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Compiles in one worker, which is started when the first model asks for it. */
final class WorkerCompiler implements SqlCompiler, AutoCloseable {
    /** How the worker is started: with an interpreter that has jinja2. */
    interface Tools {
        WorkerProcess.Launch launch() throws ModelFailure;
    }

    /**
     * @param vars of the project and the request
     */
    record Setup(
            RunRequest request,
            Manifest manifest,
            String profile,
            Connection target,
            RunConnections connections,
            Tools tools,
            Map<String, Object> vars,
            Consumer<RunEvent> events,
            Cancellation cancellation) {}

    /**
     * A model's own text, before what it reads is put in front of it.
     *
     * @param ephemeral models that it names, in order
     */
    private record Rendered(
            String sql, List<Node> reads, List<Node> ephemeral, Map<String, Object> config) {}

    private record Key(String model, Place place) {}

    private final Setup setup;
    private final Map<Key, Rendered> inner = new HashMap<>();
    private Manifest manifest;
    private Optional<CompileSession> session = Optional.empty();
    private long asked;
    private boolean closed;

    WorkerCompiler(Setup setup) {
        this.setup = setup;
        this.manifest = setup.manifest();
    }

    /** From now on with this manifest of the same project. */
    synchronized void use(Manifest known) {
        manifest = known;
        inner.clear();
    }

    /**
     * What a template came to by itself.
     *
     * @param reads what it named, ephemeral models too
     */
    record Said(String text, List<Node> reads, Map<String, Object> config) {}

    /**
     * A model's own text, or a template of its config, rendered before anything is built; what it
     * prints is left for its real turn.
     */
    synchronized Said said(Node model, String text, Place place, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        CompileSession.Answer answer = ask(model, text, place, incremental, true);
        return new Said(answer.sql(), answer.reads(), answer.config());
    }

    @Override
    public synchronized Compiled compile(Node model, Place place, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        Rendered rendered = render(model, place, incremental);
        Map<String, QueryText.Cte> ctes = new LinkedHashMap<>();
        Set<Node> reads = new LinkedHashSet<>(rendered.reads());
        collect(rendered, place, ctes, reads, new ArrayList<>(List.of(model)));
        String sql = QueryText.with(List.copyOf(ctes.values()), rendered.sql());
        Path file = write(model, sql);
        if (QueryText.isBlank(sql)) {
            throw failure(
                    model,
                    "SQL model '"
                            + model.name()
                            + "' is empty once it is rendered. Write a query, or disable it"
                            + " (enabled: false).");
        }
        return new Compiled(sql, List.copyOf(reads), rendered.config(), file);
    }

    /** Ephemeral models, each once, those that one reads before itself. */
    private void collect(
            Rendered rendered,
            Place place,
            Map<String, QueryText.Cte> ctes,
            Set<Node> reads,
            List<Node> path)
            throws ModelFailure, CancelledException, InterruptedException {
        for (Node node : rendered.ephemeral()) {
            if (path.contains(node)) {
                throw failure(
                        node,
                        "Ephemeral model '"
                                + node.name()
                                + "' reads itself by way of other models. Break the circle.");
            }
            if (ctes.containsKey(node.uniqueId())) {
                continue;
            }
            Rendered own = inner(node, place);
            path.add(node);
            collect(own, place, ctes, reads, path);
            path.remove(path.size() - 1);
            reads.addAll(own.reads());
            ctes.put(node.uniqueId(), new QueryText.Cte(CompileSession.cte(node), own.sql()));
        }
    }

    private Rendered inner(Node node, Place place)
            throws ModelFailure, CancelledException, InterruptedException {
        Key key = new Key(node.uniqueId(), place);
        Rendered known = inner.get(key);
        if (known == null) {
            known = render(node, place, false);
            if (QueryText.isBlank(known.sql())) {
                throw failure(
                        node, "Ephemeral model '" + node.name() + "' is empty once rendered.");
            }
            inner.put(key, known);
        }
        return known;
    }

    private Rendered render(Node model, Place place, boolean incremental)
            throws ModelFailure, CancelledException, InterruptedException {
        String text = manifest.file(model.file()).map(ModelFile::text).orElse("");
        CompileSession.Answer answer = ask(model, text, place, incremental, false);
        List<Node> reads = new ArrayList<>();
        List<Node> ephemeral = new ArrayList<>();
        answer.reads()
                .forEach(node -> (CompileSession.isEphemeral(node) ? ephemeral : reads).add(node));
        return new Rendered(
                QueryText.withoutSemicolon(answer.sql()),
                List.copyOf(reads),
                List.copyOf(ephemeral),
                answer.config());
    }

    private CompileSession.Answer ask(
            Node model, String text, Place place, boolean incremental, boolean quiet)
            throws ModelFailure, CancelledException, InterruptedException {
        if (closed || setup.cancellation().isCancelled()) {
            throw new CancelledException();
        }
        if (session.filter(CompileSession::isUsable).isEmpty()) {
            session.ifPresent(CompileSession::close);
            session = Optional.of(CompileSession.start(setup));
        }
        JsonObject message =
                CompilerMessage.compile(
                        ++asked, manifest, model, text, place, setup.target(), incremental);
        return session.get().compile(manifest, model, place, message, quiet);
    }

    /** Where dbt writes it. */
    private Path write(Node model, String sql) throws ModelFailure {
        Project project = manifest.project();
        Path file =
                project.root()
                        .resolve(project.targetPath())
                        .resolve("compiled")
                        .resolve(model.packageName())
                        .resolve(manifest.rootOf(model).relativize(model.file()).toString());
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, sql + "\n");
        } catch (IOException e) {
            throw ModelFailure.of(
                    "io-error",
                    "The compiled text of '"
                            + model.name()
                            + "' cannot be written: "
                            + e
                            + ". Check the folder "
                            + project.targetPath()
                            + ".");
        }
        return file;
    }

    private static ModelFailure failure(Node model, String message) {
        return new ModelFailure(
                new RunEvent.Failure(
                        CompileSession.CODE, message, Optional.of(model.file()), 0, 0, 0, 0, ""));
    }

    /** Of the worker, while there is one. */
    synchronized OptionalLong pid() {
        return session.map(s -> OptionalLong.of(s.pid())).orElse(OptionalLong.empty());
    }

    @Override
    public synchronized void close() {
        closed = true;
        session.ifPresent(CompileSession::close);
        session = Optional.empty();
    }
}
