import { nameOf, type Asked, type Stage } from "./events";
import { failedOf, skippedOf, succeededOf, type ModelView, type RunView } from "./state";

const stageWords: Readonly<Record<Stage, string>> = {
  extract: "extracting",
  execute: "running",
  load: "loading",
  commit: "keeping",
};

/** What was asked for: `orders`, `+orders`, `models/staging`, `tag:nightly without orders`. */
export function askedText(asked: Asked): string {
  const words = (all: readonly string[]): string =>
    all.map((word) => word.replace(/^path:/, "")).join(" ");
  const what = asked.select.length === 0 ? "all models" : words(asked.select);
  const without = asked.exclude.length === 0 ? "" : ` without ${words(asked.exclude)}`;
  return `${what}${without}${asked.fullRefresh ? ", full refresh" : ""}`;
}

/** `customers: loading, 1,200 rows`, with the place in the run when it has more models. */
export function runningText(run: RunView): string {
  if (run.state.kind === "waiting") {
    return "waiting for another run of the same models";
  }
  const at = run.state.kind === "running" ? run.state.at : undefined;
  const model = run.models.find((one) => one.id === at);
  if (model === undefined) {
    return "starting";
  }
  const ended = run.models.filter(
    ({ state }) => state.kind !== "waiting" && state.kind !== "running",
  ).length;
  const total = run.models.length;
  const place = total > 1 ? ` (${Math.min(ended + 1, total)} of ${total})` : "";
  const stage = stageText(model);
  return `${nameOf(model.id)}${stage === "" ? "" : `: ${stage}`}${place}`;
}

/** What a model is at: `loading, 1,200 rows`; empty before its first stage. */
export function stageText(model: ModelView): string {
  const step = model.stages.at(-1);
  return model.state.kind !== "running" || step === undefined
    ? ""
    : `${stageWords[step.stage]}${step.rows === undefined ? "" : `, ${rowsText(step.rows)}`}`;
}

/** One sentence on a run that ended, as notifications and the status bar show it. */
export function finishedText(run: RunView): string {
  if (run.state.kind === "broken") {
    return `The run of ${askedText(run.asked)} did not end: ${run.state.message}`;
  }
  const seconds = secondsText(run.state.kind === "finished" ? run.state.seconds : 0);
  const names = (models: readonly ModelView[]): string =>
    models.map((model) => nameOf(model.id)).join(", ");
  const [failed, ...moreFailed] = failedOf(run);
  if (failed !== undefined) {
    const skipped = skippedOf(run);
    const left = skipped.length === 0 ? "" : ` Skipped: ${names(skipped)}.`;
    const { code, message } = failed.state.failure;
    const stop = left === "" || /[.!?]$/.test(message) ? "" : ".";
    return moreFailed.length === 0
      ? `Model ${nameOf(failed.id)} failed (${code}): ${message}${stop}${left}`
      : `${moreFailed.length + 1} of ${run.models.length} models failed: ` +
          `${names([failed, ...moreFailed])}.${left}`;
  }
  if (run.state.kind === "finished" && run.state.cancelled) {
    return `Run cancelled after ${seconds}; the tables are as they were before the models that did not finish.`;
  }
  const [success, ...more] = succeededOf(run);
  if (success === undefined) {
    return `Nothing ran (${seconds}).`;
  }
  const { rows } = success.state;
  return more.length === 0
    ? `Model ${nameOf(success.id)}: ${rows === undefined ? "built" : rowsText(rows)} in ${seconds}`
    : `${more.length + 1} models: ${rowsText(rowsOf(run))} in ${seconds}`;
}

/** Of all models that were counted. */
export function rowsOf(run: RunView): number {
  return succeededOf(run).reduce((sum, { state }) => sum + (state.rows ?? 0), 0);
}

export function modelsText(count: number): string {
  return count === 1 ? "1 model" : `${count.toLocaleString("en-US")} models`;
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
