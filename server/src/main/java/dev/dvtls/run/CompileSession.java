package dev.dvtls.run;

import com.google.gson.JsonObject;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.SqlCompiler.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The talk with the worker that compiles. For one thread at a time. */
final class CompileSession implements AutoCloseable {
    static final String CODE = "compile-failed";

    /** For the interpreter to start and for a template that loops over much. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * @param reads what it named, in order, each once
     */
    record Answer(String sql, List<Node> reads, Map<String, Object> config) {}

    private final WorkerCompiler.Setup setup;
    private final WorkerProcess worker;
    private final Cancellation.Registration registration;
    private boolean usable = true;

    private CompileSession(WorkerCompiler.Setup setup, WorkerProcess worker) {
        this.setup = setup;
        this.worker = worker;
        this.registration = setup.cancellation().onCancel(worker::cancel);
    }

    static CompileSession start(WorkerCompiler.Setup setup)
            throws ModelFailure, CancelledException, InterruptedException {
        WorkerProcess.Launch launch = setup.tools().launch();
        CompileSession session;
        try {
            session = new CompileSession(setup, WorkerProcess.start(launch));
        } catch (IOException e) {
            throw ModelFailure.of(
                    "python-environment",
                    "The interpreter " + launch.python() + " did not start: " + e.getMessage());
        }
        try {
            session.send(CompilerMessage.session(setup));
            session.awaitReady();
            return session;
        } catch (ModelFailure | CancelledException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void awaitReady() throws ModelFailure, CancelledException, InterruptedException {
        WorkerMessage message = next(setup.events(), "");
        while (!(message instanceof WorkerMessage.CompilerReady)) {
            message = next(setup.events(), ""); // before it: `ready`, and warnings
        }
    }

    /** Of its worker. */
    long pid() {
        return worker.pid();
    }

    boolean isUsable() {
        return usable && worker.isAlive();
    }

    /**
     * @param manifest where names are looked up
     * @param message a {@code compile}
     * @param quiet what the template says to the user is left for another time
     */
    Answer compile(Manifest manifest, Node model, Place place, JsonObject message, boolean quiet)
            throws ModelFailure, CancelledException, InterruptedException {
        boolean answered = false;
        try {
            send(message);
            Set<Node> reads = new LinkedHashSet<>();
            while (true) {
                WorkerMessage next = next(quiet ? event -> {} : setup.events(), model.uniqueId());
                if (next instanceof WorkerMessage.Need need) {
                    send(answer(manifest, model, place, need, reads));
                } else if (next instanceof WorkerMessage.Compiled compiled) {
                    answered = true;
                    return new Answer(compiled.sql(), List.copyOf(reads), compiled.config());
                } else if (next instanceof WorkerMessage.NotCompiled failed) {
                    answered = true;
                    throw new ModelFailure(named(model, failed.failure()));
                }
            }
        } finally {
            usable = usable && answered; // else an old answer would be taken for the next one's
        }
    }

    private static RunEvent.Failure named(Node model, RunEvent.Failure f) {
        String message =
                f.code().equals(CODE)
                        ? "SQL model '" + model.name() + "' does not compile: " + f.message()
                        : f.message();
        return new RunEvent.Failure(
                f.code(),
                message,
                f.file(),
                f.line(),
                f.column(),
                f.endLine(),
                f.endColumn(),
                f.traceback());
    }

    private JsonObject answer(
            Manifest manifest, Node model, Place place, WorkerMessage.Need need, Set<Node> reads)
            throws InterruptedException {
        Needed needed = Needed.of(manifest, model, need);
        if (needed instanceof Needed.Refused refused) {
            return RunMessage.noRelation(need.id(), refused.code(), refused.message());
        }
        Node node = ((Needed.Found) needed).node();
        reads.add(node);
        JsonObject relation;
        if (isEphemeral(node)) {
            relation = new JsonObject();
            relation.addProperty("cte", true);
            relation.addProperty("identifier", cte(node));
            relation.addProperty("name", cte(node));
        } else {
            try {
                Connection connection = connection(node, place);
                relation =
                        CompilerMessage.named(
                                node, Relations.of(node, connection), place, connection);
            } catch (ModelFailure e) {
                return RunMessage.noRelation(need.id(), e.failure().code(), e.failure().message());
            }
        }
        relation.addProperty("type", "relation");
        relation.addProperty("id", need.id());
        return relation;
    }

    private Connection connection(Node node, Place place)
            throws ModelFailure, InterruptedException {
        if (place instanceof Place.Inside inside) {
            return inside.connection();
        }
        Optional<String> other = node.relation().connection();
        return other.isEmpty() || other.get().equals(setup.target().name())
                ? setup.target()
                : setup.connections().get(other.get());
    }

    static boolean isEphemeral(Node node) {
        return node.kind() == Node.Kind.MODEL && node.materialized().equals("ephemeral");
    }

    /** dbt's name of an ephemeral model in the query that reads it. */
    static String cte(Node node) {
        String name = "__dbt__cte__" + node.name() + node.version().map(v -> "_v" + v).orElse("");
        return name.matches("\\w+") ? name : Dialect.of("duckdb").name(name);
    }

    private void send(JsonObject message) {
        try {
            worker.send(message);
        } catch (IOException e) {
            usable = false; // its end is the next message
        }
    }

    /**
     * The next message that is no plain line.
     *
     * @param model that it is about; empty: the run
     */
    private WorkerMessage next(Consumer<RunEvent> events, String model)
            throws ModelFailure, CancelledException, InterruptedException {
        WorkerMessage message = worker.next(Optional.of(LIMIT));
        if (message instanceof WorkerMessage.Cancelled) {
            throw new CancelledException();
        } else if (message instanceof WorkerMessage.Output output) {
            events.accept(new RunEvent.Output(model, output.error(), output.text()));
        } else if (message instanceof WorkerMessage.Warning warning) {
            events.accept(new RunEvent.Warning(model, warning.message()));
        } else if (message instanceof WorkerMessage.Failed failed) {
            throw new ModelFailure(failed.failure());
        } else if (message instanceof WorkerMessage.Ended ended) {
            throw ModelFailure.of(
                    "python-environment",
                    "The Python process that compiles SQL models ended (exit code "
                            + ended.exitCode()
                            + "). Run dvt-ls doctor to see which interpreter is used.");
        } else if (message instanceof WorkerMessage.TimedOut) {
            usable = false;
            throw ModelFailure.of(
                    CODE,
                    "A SQL model did not compile within "
                            + LIMIT.toSeconds()
                            + " s. Look for a loop without end in its macros.");
        }
        return message;
    }

    @Override
    public void close() {
        registration.close();
        worker.close();
    }
}
