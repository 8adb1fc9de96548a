import { nameOf, type Failure, type RunEvent, type Stage } from "./events";

/** A model that loaded. */
export interface Success {
  readonly model: string;
  readonly relation: string;
  /** Nobody counts those of a view. */
  readonly rows: number | undefined;
}

export interface FailedModel {
  readonly model: string;
  readonly failure: Failure;
}

interface RunSoFar {
  readonly run: string;
  readonly target: string;
  /** How many models the run has. */
  readonly total: number;
  readonly successes: readonly Success[];
  readonly failures: readonly FailedModel[];
  readonly skipped: readonly string[];
}

/** What the model that is worked on is at. */
export interface Step {
  readonly model: string;
  readonly stage?: Stage;
  readonly rows?: number;
}

/** What is known of one run. */
export type RunningView = RunSoFar & {
  readonly kind: "running";
  readonly step: Step | undefined;
};
export type FinishedView = RunSoFar & {
  readonly kind: "finished";
  readonly cancelled: boolean;
  readonly seconds: number;
};
export type RunView = { readonly kind: "idle" } | RunningView | FinishedView;

export const idle: RunView = { kind: "idle" };

/** The runs under way and the one that ended last, oldest first. */
export type Runs = readonly (RunningView | FinishedView)[];

/** The runs after one more event. */
export function advanceAll(runs: Runs, event: RunEvent): Runs {
  const before = runs.find((run) => run.run === event.run) ?? idle;
  const after = advance(before, event);
  if (after.kind === "idle" || after === before) {
    return runs;
  }
  const others = runs.filter((run) => run.kind === "running" && run.run !== event.run);
  return [...others, after];
}

/** The run to show: the latest under way, else the one that ended last. */
export function shownRun(runs: Runs): RunView {
  return runs.findLast((run) => run.kind === "running") ?? runs.at(-1) ?? idle;
}

function advance(view: RunView, event: RunEvent): RunView {
  if (event.event === "runStarted") {
    return {
      kind: "running",
      run: event.run,
      target: event.target,
      total: event.models.length,
      step: undefined,
      successes: [],
      failures: [],
      skipped: [],
    };
  }
  return view.kind === "running" ? advanceRunning(view, event) : view;
}

function advanceRunning(
  view: RunningView,
  event: Exclude<RunEvent, { readonly event: "runStarted" }>,
): RunView {
  switch (event.event) {
    case "modelStarted":
      return { ...view, step: { model: nameOf(event.model) } };
    case "stageStarted":
      return { ...view, step: { model: nameOf(event.model), stage: event.stage } };
    case "rows": {
      const { stage, rows } = event;
      return { ...view, step: { model: nameOf(event.model), stage, rows } };
    }
    case "modelSucceeded": {
      const success = { model: nameOf(event.model), relation: event.relation, rows: event.rows };
      return { ...view, successes: [...view.successes, success] };
    }
    case "modelFailed": {
      const failed = { model: nameOf(event.model), failure: event.failure };
      return { ...view, failures: [...view.failures, failed] };
    }
    case "modelSkipped":
      return { ...view, skipped: [...view.skipped, nameOf(event.model)] };
    case "runFinished": {
      const { run, target, total, successes, failures, skipped } = view;
      const { cancelled, seconds } = event;
      const soFar = { run, target, total, successes, failures, skipped };
      return { kind: "finished", ...soFar, cancelled, seconds };
    }
    case "output":
    case "warning":
      return view;
  }
}
