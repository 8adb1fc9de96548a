package dev.dvtls.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Renders templates in a worker: jinja2 is what dbt itself uses. */
record WorkerRenderer(
        WorkerProcess.Launch launch, Map<String, Object> vars, Cancellation cancellation)
        implements ProfileConnections.Renderer {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public Map<String, String> render(Map<String, String> templates)
            throws ModelFailure, InterruptedException {
        JsonObject message = new JsonObject();
        message.addProperty("type", "render");
        message.add("templates", Json.of(templates));
        message.add("vars", Json.of(vars));
        try {
            WorkerProcess worker = WorkerProcess.start(launch);
            Cancellation.Registration registration = cancellation.onCancel(worker::cancel);
            try {
                worker.send(message);
                return await(worker);
            } finally {
                registration.close();
                worker.close();
            }
        } catch (IOException e) {
            throw ModelFailure.of(
                    "python-environment",
                    "The interpreter " + launch.python() + " did not start: " + e.getMessage());
        }
    }

    private Map<String, String> await(WorkerProcess worker)
            throws ModelFailure, InterruptedException {
        while (true) {
            WorkerMessage next = worker.next(Optional.of(LIMIT));
            if (next instanceof WorkerMessage.Rendered rendered) {
                if (rendered.error().isPresent()) {
                    throw ModelFailure.of("project-error", rendered.error().get());
                }
                return rendered.values();
            } else if (next instanceof WorkerMessage.Failed failed) {
                throw new ModelFailure(failed.failure());
            } else if (next instanceof WorkerMessage.Ended
                    || next instanceof WorkerMessage.TimedOut
                    || next instanceof WorkerMessage.Cancelled) {
                throw ModelFailure.of(
                        "python-environment",
                        "The interpreter "
                                + launch.python()
                                + " did not render it. Run dvt-ls doctor to see what is missing.");
            }
        }
    }
}
