package dev.dvtls.run;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Starts workers, and keeps at most one spare that has already imported what every model needs. */
final class WorkerPool implements AutoCloseable {
    private record Spare(WorkerProcess.Launch launch, WorkerProcess worker) {}

    private Optional<Spare> spare = Optional.empty();
    private boolean closed;

    /** A worker for one model: the spare when it fits, else a new one. The caller closes it. */
    WorkerProcess take(WorkerProcess.Launch launch) throws IOException {
        Optional<Spare> taken = takeSpare();
        if (taken.isPresent()) {
            if (taken.get().launch().equals(launch) && taken.get().worker().isAlive()) {
                return taken.get().worker();
            }
            taken.get().worker().close();
        }
        return WorkerProcess.start(launch);
    }

    /** Starts a spare, when there is none of this kind. */
    synchronized void warm(WorkerProcess.Launch launch) throws IOException {
        if (closed) {
            return;
        }
        if (spare.isPresent()) {
            if (spare.get().launch().equals(launch) && spare.get().worker().isAlive()) {
                return;
            }
            spare.get().worker().close();
        }
        spare = Optional.of(new Spare(launch, WorkerProcess.start(launch)));
    }

    synchronized OptionalLong sparePid() {
        return spare.isPresent()
                ? OptionalLong.of(spare.get().worker().pid())
                : OptionalLong.empty();
    }

    private synchronized Optional<Spare> takeSpare() {
        Optional<Spare> taken = spare;
        spare = Optional.empty();
        return taken;
    }

    @Override
    public synchronized void close() {
        closed = true;
        spare.ifPresent(s -> s.worker().close());
        spare = Optional.empty();
    }
}
