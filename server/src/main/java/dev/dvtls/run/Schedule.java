package dev.dvtls.run;

import dev.dvtls.run.RunPlan.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
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
    private final Set<String> lost = new HashSet<>();

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
        lost.add(step.node().uniqueId());
        List<Step> skipped = new ArrayList<>();
        Iterator<Step> steps = waiting.values().iterator();
        while (steps.hasNext()) { // in the order of the DAG: one pass is enough
            Step next = steps.next();
            if (waitsFor(next.node().uniqueId()).stream().anyMatch(lost::contains)) {
                lost.add(next.node().uniqueId());
                skipped.add(next);
                steps.remove();
            }
        }
        return skipped;
    }

    /** A step at work waits for others; none: no longer. */
    void waits(Step step, Set<String> others) {
        waitsFor.put(step.node().uniqueId(), others);
    }

    /** Whether all that a step waits for has succeeded. */
    boolean isReady(Step step) {
        return succeeded.containsAll(waitsFor(step.node().uniqueId()));
    }

    /** The first of those that a step waits for which failed, or was skipped. */
    Optional<String> lost(Step step) {
        return waitsFor(step.node().uniqueId()).stream().filter(lost::contains).findFirst();
    }

    /** The way from a step to itself over what waits for what; empty: there is none. */
    List<String> circle(Step step) {
        String id = step.node().uniqueId();
        Map<String, String> from = new HashMap<>();
        Deque<String> left = new ArrayDeque<>(List.of(id));
        while (!left.isEmpty()) {
            String at = left.remove();
            for (String next : waitsFor(at)) {
                if (next.equals(id)) {
                    List<String> way = new ArrayList<>(List.of(id));
                    for (String back = at; !back.equals(id); back = from.getOrDefault(back, id)) {
                        way.add(back);
                    }
                    way.add(id);
                    Collections.reverse(way);
                    return way;
                } else if (!succeeded.contains(next) && from.putIfAbsent(next, at) == null) {
                    left.add(next);
                }
            }
        }
        return List.of();
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
                                        waitsFor(step.node().uniqueId()).stream()
                                                .allMatch(
                                                        id ->
                                                                succeeded.contains(id)
                                                                        || atWork.contains(id)))
                        .count();
    }

    private Set<String> waitsFor(String id) {
        return waitsFor.getOrDefault(id, Set.of());
    }
}
