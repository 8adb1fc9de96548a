package dev.dvtls.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Into the run's log and events; each wait is told once, however many models wait. */
record RunTranscript(
        RunLog log, ProfileConnections connections, Consumer<RunEvent> events, Set<String> waits)
        implements Transcript {
    RunTranscript(RunLog log, ProfileConnections connections, Consumer<RunEvent> events) {
        this(log, connections, events, ConcurrentHashMap.newKeySet());
    }

    @Override
    public void failed(String program, String where, String text) {
        log.detail(program, where, connections.redaction().clean(text))
                .ifPresent(trouble -> events.accept(new RunEvent.Warning("", trouble)));
    }

    @Override
    public void waits(String sentence) {
        if (waits.add(sentence)) {
            events.accept(new RunEvent.Warning("", sentence));
        }
    }
}
