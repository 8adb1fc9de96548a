import { nameOf, type Failure, type Stage } from "./events";
import {
  failedOf,
  isUnderWay,
  skippedOf,
  succeededOf,
  unfinishedOf,
  type ModelView,
  type Runs,
  type RunView,
  type StageView,
} from "./state";
import {
  askedText,
  finishedText,
  modelsText,
  rowsOf,
  rowsText,
  runningText,
  secondsText,
  stageText,
} from "./texts";

/** One row of the view. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** One of VS Code's icons, and a colour of its themes. */
  readonly icon: string;
  readonly color?: string;
  /** What the state is called, for those who don't see the icon. */
  readonly state: string;
  /** Words that menus ask for. */
  readonly context: string;
  readonly children: "none" | "open" | "closed";
  /** Where a click leads. */
  readonly place?: Place;
}

export interface Place {
  readonly uri: string;
  /** From 1, columns in code points; absent: the file. */
  readonly line?: number;
  readonly column?: number;
}

/** The parts of a row's id: the run's key, a model, and a stage's number or the failure. */
const separator = "\n";
const failureRow = "failure";

export function runOf(runs: Runs, id: string): RunView | undefined {
  const key = id.split(separator, 1)[0];
  return runs.find((run) => run.key === key);
}

export function modelOf(runs: Runs, id: string): ModelView | undefined {
  const model = id.split(separator)[1];
  return runOf(runs, id)?.models.find((one) => one.id === model);
}

export function parentOf(id: string): string | undefined {
  const end = id.lastIndexOf(separator);
  return end < 0 ? undefined : id.slice(0, end);
}

/** Ids of the rows below one, or of the runs, the newest first. */
export function childrenOf(runs: Runs, id?: string): string[] {
  if (id === undefined) {
    return runs.map((run) => run.key).reverse();
  }
  const below = (part: string): string => id + separator + part;
  const model = modelOf(runs, id);
  if (id.split(separator).length > 2) {
    return [];
  }
  if (model !== undefined) {
    const failure = model.state.kind === "failed" ? [below(failureRow)] : [];
    return [...failure, ...model.stages.map((_, i) => below(String(i)))];
  }
  return runOf(runs, id)?.models.map((one) => below(one.id)) ?? [];
}

/** None for what is no longer known; `now` in milliseconds since 1970. */
export function rowOf(runs: Runs, id: string, now: number): Row | undefined {
  const run = runOf(runs, id);
  const model = modelOf(runs, id);
  const part = id.split(separator)[2];
  if (run === undefined || model === undefined) {
    return run?.key === id ? runRow(run, now) : undefined;
  }
  if (part === undefined) {
    return modelRow(run, model);
  }
  if (part === failureRow) {
    return model.state.kind === "failed" ? reasonRow(model.state.failure) : undefined;
  }
  const stage = model.stages[Number(part)];
  return stage === undefined ? undefined : stageRow(stage, model);
}

/** What a row says to who does not see its icon. */
export function spoken({ label, state, description }: Row): string {
  const icon = description.startsWith(state) ? "" : state;
  return [label, icon, description].filter((text) => text !== "").join(", ");
}

const passed = { icon: "pass", color: "testing.iconPassed" };
const failed = { icon: "error", color: "testing.iconFailed" };
const running = { icon: "loading~spin" };
const skipped = { icon: "debug-step-over", color: "testing.iconSkipped" };
const cancelled = { icon: "circle-slash", color: "testing.iconSkipped" };
const waiting = { icon: "clock", color: "testing.iconQueued" };

type Look = Pick<Row, "icon" | "color" | "state">;

function runRow(run: RunView, now: number): Row {
  const again = isUnderWay(run) ? "underWay" : "ended";
  const failures = failedOf(run).length > 0 || skippedOf(run).length > 0;
  const rerun = failures && unfinishedOf(run).length < run.models.length ? " failures" : "";
  const target = run.target === "" ? "" : ` on ${run.target}`;
  const sentence = isUnderWay(run) ? runningText(run) : finishedText(run);
  return {
    label: askedText(run.asked),
    // What it came to first: the end may not be seen.
    description: `${runOutcome(run)}, ${timeText(run.began, now)}${target}`,
    tooltip: [
      `${askedText(run.asked)}, ${dayText(run.began)} ${clockText(run.began)}${target}`,
      sentence,
      ...run.warnings,
    ].join("\n"),
    ...runLook(run),
    context: `run ${again}${rerun}${run.log === undefined ? "" : " log"}`,
    children: run.models.length === 0 ? "none" : "open",
  };
}

function runLook(run: RunView): Look {
  switch (run.state.kind) {
    case "waiting":
      return { ...waiting, state: "waiting" };
    case "running":
      return { ...running, state: "running" };
    case "broken":
      return { ...failed, state: "broken off" };
    case "finished":
      if (failedOf(run).length > 0) {
        return { ...failed, state: "failed" };
      }
      return run.state.cancelled
        ? { ...cancelled, state: "cancelled" }
        : { ...passed, state: "succeeded" };
  }
}

/** `3 models, 1,234 rows, 12 s`. */
function runOutcome(run: RunView): string {
  const { state } = run;
  if (isUnderWay(run)) {
    const [model, more] = run.models;
    const stage = model === undefined ? "" : stageText(model);
    // The name of the only one stands beside.
    return more === undefined && stage !== "" ? stage : runningText(run);
  }
  if (state.kind !== "finished") {
    return "broken off";
  }
  const failures = failedOf(run).length;
  const done = succeededOf(run);
  const counted = done.some((model) => model.state.rows !== undefined);
  const outcome =
    failures > 0
      ? `${failures} of ${run.models.length} failed`
      : state.cancelled
        ? "cancelled"
        : modelsText(done.length) + (counted ? `, ${rowsText(rowsOf(run))}` : "");
  return `${outcome}, ${secondsText(state.seconds)}`;
}

function modelRow(run: RunView, model: ModelView): Row {
  const { state } = model;
  const place = placeOf(model);
  const name = nameOf(model.id);
  const what = modelOutcome(run, model);
  return {
    label: name,
    description: what,
    tooltip: [model.id, tooltipOf(model) ?? what, ...model.warnings].join("\n"),
    ...modelLook(run, model),
    context: `model ${state.kind}${model.file === undefined ? "" : " file"}`,
    children: state.kind === "failed" ? "open" : model.stages.length > 0 ? "closed" : "none",
    ...(place === undefined ? {} : { place }),
  };
}

function modelLook(run: RunView, { state, warnings }: ModelView): Look {
  switch (state.kind) {
    case "waiting":
      return isUnderWay(run)
        ? { ...waiting, state: "waiting" }
        : { icon: "circle-outline", state: "not started" };
    case "running":
      return { ...running, state: "running" };
    case "succeeded":
      return warnings.length > 0
        ? { icon: "warning", color: "list.warningForeground", state: "succeeded with warnings" }
        : { ...passed, state: "succeeded" };
    case "failed":
      return { ...failed, state: "failed" };
    case "skipped":
      return { ...skipped, state: "skipped" };
    case "cancelled":
      return { ...cancelled, state: "cancelled" };
  }
}

function modelOutcome(run: RunView, model: ModelView): string {
  const { state } = model;
  switch (state.kind) {
    case "waiting":
      return isUnderWay(run) ? "" : "not started";
    case "running":
      return stageText(model);
    case "succeeded": {
      const rows = state.rows === undefined ? "built" : rowsText(state.rows);
      return `${rows}, ${secondsText(state.seconds)}`;
    }
    case "failed":
      return `${state.failure.code}, ${secondsText(state.seconds)}`;
    case "skipped":
      return `skipped: ${nameOf(state.because)} failed`;
    case "cancelled":
      return "cancelled";
  }
}

function tooltipOf({ state }: ModelView): string | undefined {
  if (state.kind === "failed") {
    return `${state.failure.code}: ${state.failure.message}`;
  }
  return state.kind === "succeeded"
    ? `${state.relation}, ${state.rows === undefined ? "rows not counted" : rowsText(state.rows)}`
    : undefined;
}

/** The line that failed, else the model's file. */
function placeOf(model: ModelView): Place | undefined {
  return (
    (model.state.kind === "failed" ? failurePlace(model.state.failure) : undefined) ??
    (model.file === undefined ? undefined : { uri: model.file })
  );
}

/** Where a model failed, as far as it was told. */
export function failurePlace({ uri, line, column }: Failure): Place | undefined {
  if (uri === undefined) {
    return undefined;
  }
  return line === undefined ? { uri } : { uri, line, column: column ?? 0 };
}

function reasonRow(failure: Failure): Row {
  const place = failurePlace(failure);
  const file = failure.uri === undefined ? "" : decodeURIComponent(failure.uri.replace(/.*\//, ""));
  return {
    // Whose model it is stands above; what it raised may be cut off.
    label: failure.message.replace(/^Python model '[^']*' raised /, ""),
    description: failure.line === undefined ? file : `${file}:${failure.line}`,
    tooltip: `${failure.code}: ${failure.message}`,
    icon: "arrow-small-right",
    state: failure.code,
    context: "failure",
    children: "none",
    ...(place === undefined ? {} : { place }),
  };
}

const stageIcons: Readonly<Record<Stage, string>> = {
  extract: "cloud-download",
  execute: "symbol-method",
  load: "cloud-upload",
  commit: "save",
};

function stageRow(stage: StageView, model: ModelView): Row {
  const atWork = stage.seconds === undefined && model.state.kind === "running";
  const known = [
    stage.detail,
    stage.rows === undefined ? "" : rowsText(stage.rows),
    stage.seconds === undefined ? "" : secondsText(stage.seconds),
  ];
  const description = known.filter((text) => text !== "").join(", ");
  return {
    label: stage.stage,
    description,
    tooltip: `${stage.stage} ${description}`,
    icon: atWork ? running.icon : stageIcons[stage.stage],
    state: atWork ? "running" : "",
    context: "stage",
    children: "none",
  };
}

/** The day only where it was another one. */
function timeText(millis: number, now: number): string {
  return dayText(millis) === dayText(now)
    ? clockText(millis)
    : `${dayText(millis)} ${clockText(millis)}`;
}

function dayText(millis: number): string {
  const date = new Date(millis);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

function clockText(millis: number): string {
  const date = new Date(millis);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
