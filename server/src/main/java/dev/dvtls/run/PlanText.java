package dev.dvtls.run;

import dev.dvtls.run.RunPlan.Origin;
import dev.dvtls.run.RunPlan.Read;
import dev.dvtls.run.RunPlan.Step;
import dev.dvtls.run.RunPlan.Way;
import java.util.List;

/** A plan for a reader. Pure. */
final class PlanText {
    private PlanText() {}

    static String of(RunPlan plan) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Step step : plan.steps()) {
            text.append(number++)
                    .append(". ")
                    .append(step.node().name())
                    .append(" (")
                    .append(step.node().materialized())
                    .append(")\n");
            lines(step).forEach(line -> text.append("   ").append(line).append('\n'));
        }
        if (!plan.notRun().isEmpty()) {
            text.append(plan.notRunSentence()).append('\n');
        }
        if (!plan.rendered().isEmpty()) {
            text.append(plan.renderedSentence()).append('\n');
        }
        return text.toString();
    }

    private static List<String> lines(Step step) {
        List<String> lines = new java.util.ArrayList<>();
        for (Read read : step.reads()) {
            String through =
                    Lineage.isEphemeral(read.node())
                            ? " through " + read.node().name() + " (ephemeral)"
                            : "";
            for (Origin origin : read.origins()) {
                String name = RunPlan.name(origin.node()) + through;
                lines.add("reads " + name + ", " + from(step, origin));
            }
        }
        if (step.readsItself()) {
            lines.add("reads its own previous result");
        }
        lines.add(how(step));
        return lines;
    }

    private static String from(Step step, Origin origin) {
        if (step.way() instanceof Way.Inside) {
            return origin.made().isPresent() ? "from this run" : "where it is";
        }
        if (origin.made().isEmpty()) {
            return "extracted from '" + origin.output() + "'";
        }
        return origin.made().get() instanceof Way.Inside
                ? "extracted from '" + origin.output() + "' when this run has built it"
                : "from this run";
    }

    private static String how(Step step) {
        String into = "'" + step.output() + "'";
        Way way = step.way();
        if (way instanceof Way.Csv) {
            return step.node().file().getFileName() + ", loaded into " + into;
        } else if (way instanceof Way.Inside) {
            return step.reads().isEmpty()
                    ? "SQL inside " + into + ", as it reads nothing else"
                    : "SQL inside " + into + ", as all that it reads is there";
        } else if (way instanceof Way.OverCache over) {
            boolean view = step.node().materialized().equals("view");
            return "SQL in DuckDB over the cache, as "
                    + RunPlan.name(over.because().node())
                    + " is in '"
                    + over.because().output()
                    + "'; loaded into "
                    + into
                    + (view ? ", as a table" : "");
        }
        return "Python process; loaded into " + into;
    }
}
