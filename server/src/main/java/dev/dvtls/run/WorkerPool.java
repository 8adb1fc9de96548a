package dev.dvtls.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Starts workers, and keeps spares that have already imported what every model needs. */
final class WorkerPool implements AutoCloseable {
    private record Spare(WorkerProcess.Launch launch, WorkerProcess worker) {
        boolean fits(WorkerProcess.Launch other) {
            return launch.equals(other) && worker.isAlive();
        }
    }

    private final Deque<Spare> spares = new ArrayDeque<>();
    private boolean closed;

    /** A worker for one model: a spare that fits, else a new one. The caller closes it. */
    WorkerProcess take(WorkerProcess.Launch launch) throws IOException {
        Optional<Spare> spare = takeSpare(launch);
        return spare.isPresent() ? spare.get().worker() : WorkerProcess.start(launch);
    }

    /** Starts spares until there are so many of this kind; those of another kind are ended. */
    synchronized void warm(WorkerProcess.Launch launch, int count) throws IOException {
        List<Spare> unfit = new ArrayList<>(spares);
        unfit.removeIf(spare -> spare.fits(launch));
        unfit.forEach(spare -> spare.worker().close());
        spares.removeAll(unfit);
        while (!closed && spares.size() < count) {
            spares.add(new Spare(launch, WorkerProcess.start(launch)));
        }
    }

    /** Ends spares that are too many: those of models that were skipped, say. */
    synchronized void keep(int count) {
        while (spares.size() > count) {
            spares.removeLast().worker().close();
        }
    }

    synchronized OptionalLong sparePid() {
        return spares.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(spares.getFirst().worker().pid());
    }

    private synchronized Optional<Spare> takeSpare(WorkerProcess.Launch launch) {
        Optional<Spare> fitting = spares.stream().filter(spare -> spare.fits(launch)).findFirst();
        fitting.ifPresent(spares::remove);
        return fitting;
    }

    @Override
    public synchronized void close() {
        closed = true;
        spares.forEach(spare -> spare.worker().close());
        spares.clear();
    }
}
