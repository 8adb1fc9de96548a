package dev.dvtls.run;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes secrets out of a run's events: those of its connections and of its environment. A model may
 * print them, and a program's message may hold them.
 */
final class Redaction {
    private final Secrets secrets;

    private Redaction(Secrets secrets) {
        this.secrets = secrets;
    }

    static Redaction of(Collection<Connection> connections, Collection<Secrets> environment) {
        Stream<Secrets> theirs =
                connections.stream().map(connection -> Secrets.of(connection.fields()));
        return new Redaction(
                Secrets.forEvents(Stream.concat(theirs, environment.stream()).toList()));
    }

    String clean(String text) {
        return secrets.hide(text);
    }

    RunEvent clean(RunEvent event) {
        if (secrets.isEmpty()) {
            return event;
        }
        if (event instanceof RunEvent.Output e) {
            return new RunEvent.Output(e.model(), e.error(), clean(e.line()));
        }
        if (event instanceof RunEvent.StageStarted e) {
            return new RunEvent.StageStarted(e.model(), e.stage(), clean(e.detail()));
        }
        if (event instanceof RunEvent.Warning e) {
            return new RunEvent.Warning(e.model(), clean(e.message()));
        }
        if (event instanceof RunEvent.ModelFailed e) {
            RunEvent.Failure f = e.failure();
            Optional<java.nio.file.Path> file = f.file();
            return new RunEvent.ModelFailed(
                    e.model(),
                    new RunEvent.Failure(
                            f.code(),
                            clean(f.message()),
                            file,
                            f.line(),
                            f.column(),
                            f.endLine(),
                            f.endColumn(),
                            clean(f.traceback())),
                    e.took());
        }
        return event;
    }
}
