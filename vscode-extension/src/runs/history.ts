import { breakOff } from "./advance";
import { isUnderWay, type Runs, type RunView } from "./state";

/** Where the workspace's memory has them; another shape gets another name. */
export const historyKey = "dvt.runs.1";

const mostRuns = 50;

/** Of all runs together; the newest is kept whole, however many it has. */
const mostModels = 5_000;

/** Stages are remembered of runs that are not larger. */
const mostModelsWithStages = 200;

/** Without the oldest, where they are too many. */
export function bounded(runs: Runs): Runs {
  let models = 0;
  const newestFirst = runs.toReversed().filter((run, age) => {
    models += run.models.length;
    return isUnderWay(run) || age === 0 || (age < mostRuns && models <= mostModels);
  });
  return newestFirst.length === runs.length ? runs : newestFirst.toReversed();
}

/** What is remembered over a reload of the window. */
export function remembered(runs: Runs): Runs {
  return runs.map((run) =>
    run.models.length <= mostModelsWithStages
      ? run
      : { ...run, models: run.models.map((model) => ({ ...model, stages: [] })) },
  );
}

/** What was remembered: with the window, runs that were under way ended. */
export function recalled(stored: unknown): Runs {
  const runs = Array.isArray(stored) ? stored.filter(isRun) : [];
  return bounded(breakOff(runs, "The window was closed while it ran."));
}

function isRun(stored: unknown): stored is RunView {
  const run = stored as Partial<RunView> | null;
  return (
    typeof run?.key === "string" &&
    Array.isArray(run.models) &&
    Array.isArray(run.asked?.select) &&
    typeof run.state?.kind === "string"
  );
}
