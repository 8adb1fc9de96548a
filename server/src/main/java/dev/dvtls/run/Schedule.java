package dev.dvtls.run;

import dev.dvtls.run.RunPlan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which steps of a plan may start. Not thread-safe: its owner alone changes it. */
final class Schedule {
    private final Map<String, Step> waiting = new LinkedHashMap<>();
    private final Map<String, Set<String>> waitsFor = new HashMap<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<String> atWork = new HashSet<>();

    Schedule(RunPlan plan) {
        for (Step step : plan.steps()) {
            waiting.put(step.node().uniqueId(), step);
            waitsFor.put(step.node().uniqueId(), step.waitsFor());
        }
    }

    /** The first step, in the plan's order, that waits for nothing; it is at work from now on. */
    Optional<Step> next() {
        Optional<Step> next = waiting.values().stream().filter(this::isReady).findFirst();
        next.ifPresent(
                step -> {
                    waiting.remove(step.node().uniqueId());
                    atWork.add(step.node().uniqueId());
                });
        return next;
    }

    void succeeded(Step step) {
        atWork.remove(step.node().uniqueId());
        succeeded.add(step.node().uniqueId());
    }

    /**
     * A step has failed.
     *
     * @return the steps that can no more be run, in order; they wait no longer
     */
    List<Step> failed(Step step) {
        atWork.remove(step.node().uniqueId());
        Set<String> lost = new HashSet<>(Set.of(step.node().uniqueId()));
        List<Step> skipped = new ArrayList<>();
        Iterator<Step> steps = waiting.values().iterator();
        while (steps.hasNext()) { // in the order of the DAG: one pass is enough
            Step next = steps.next();
            if (waitsFor(next).stream().anyMatch(lost::contains)) {
                lost.add(next.node().uniqueId());
                skipped.add(next);
                steps.remove();
            }
        }
        return skipped;
    }

    /** Steps that have not been started, in order. */
    List<Step> left() {
        return List.copyOf(waiting.values());
    }

    /** How many steps that need a worker can start when those at work have succeeded. */
    int soonInWorkers() {
        return (int)
                waiting.values().stream()
                        .filter(step -> step.way().inWorker())
                        .filter(
                                step ->
                                        waitsFor(step).stream()
                                                .allMatch(
                                                        id ->
                                                                succeeded.contains(id)
                                                                        || atWork.contains(id)))
                        .count();
    }

    private boolean isReady(Step step) {
        return succeeded.containsAll(waitsFor(step));
    }

    private Set<String> waitsFor(Step step) {
        return waitsFor.getOrDefault(step.node().uniqueId(), Set.of());
    }
}
