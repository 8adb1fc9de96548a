import type { Stage } from "./events";
import type { FinishedView, RunningView } from "./view";

const stageWords: Readonly<Record<Stage, string>> = {
  extract: "extracting",
  execute: "running",
  load: "loading",
  commit: "keeping",
};

/** `customers: loading, 1,200 rows`, with the place in the run when it has more models. */
export function runningText(view: RunningView): string {
  const { step, total } = view;
  if (step === undefined) {
    return "starting";
  }
  const at = view.successes.length + view.failures.length + view.skipped.length + 1;
  const place = total > 1 ? ` (${Math.min(at, total)} of ${total})` : "";
  const stage = step.stage === undefined ? "" : `: ${stageWords[step.stage]}`;
  const rows = step.rows === undefined ? "" : `, ${rowsText(step.rows)}`;
  return `${step.model}${stage}${rows}${place}`;
}

/** One sentence on a run that ended, as notifications and the status bar show it. */
export function finishedText(view: FinishedView): string {
  const seconds = secondsText(view.seconds);
  const [failed, ...moreFailed] = view.failures;
  if (failed !== undefined) {
    const skipped = view.skipped.length === 0 ? "" : ` Skipped: ${view.skipped.join(", ")}.`;
    return moreFailed.length === 0
      ? `Model ${failed.model} failed (${failed.failure.code}): ${failed.failure.message}${skipped}`
      : `${view.failures.length} of ${view.total} models failed: ` +
          `${view.failures.map((one) => one.model).join(", ")}.${skipped}`;
  }
  if (view.cancelled) {
    return `Run cancelled after ${seconds}; the tables are as they were before the models that did not finish.`;
  }
  const [success, ...more] = view.successes;
  if (success === undefined) {
    return `Nothing ran (${seconds}).`;
  }
  return more.length === 0
    ? `Model ${success.model}: ${success.rows === undefined ? "built" : rowsText(success.rows)} in ${seconds}`
    : `${view.successes.length} models: ${rowsText(sum(view.successes.map((one) => one.rows ?? 0)))} in ${seconds}`;
}

export function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${rows.toLocaleString("en-US")} rows`;
}

/** `0.4 s`, `12 s`, `2 min 5 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
