import type { RunEvent } from "./events";
import { isUnderWay, type ModelView, type Runs, type RunView, type StageView } from "./state";

/** Of one model, or of one run. */
const mostWarnings = 20;

/** The runs after one more event; `now` in milliseconds since 1970. */
export function advance(runs: Runs, event: RunEvent, now: number): Runs {
  const before = runs.findLast((run) => run.run === event.run && isUnderWay(run));
  if (event.event === "runWaiting" || event.event === "runStarted") {
    const after = begun(event, before?.key ?? `${now}-${event.run}`, now);
    return [...runs.filter((run) => run !== before), after];
  }
  if (before === undefined) {
    return runs;
  }
  const after = advanceRun(before, event, now);
  return after === before ? runs : runs.map((run) => (run === before ? after : run));
}

/** The server that told of the runs is gone, and what it did with it. */
export function breakOff(runs: Runs, message: string): Runs {
  return runs.some(isUnderWay)
    ? runs.map((run) => (isUnderWay(run) ? broken(run, message) : run))
    : runs;
}

type Beginning = Extract<RunEvent, { readonly event: "runWaiting" | "runStarted" }>;

function begun(event: Beginning, key: string, now: number): RunView {
  const { run, projectDir, select, exclude, fullRefresh } = event;
  const started = event.event === "runStarted";
  return {
    key,
    run,
    asked: { projectDir, select, exclude, fullRefresh },
    target: started ? event.target : "",
    began: now,
    state: { kind: started ? "running" : "waiting" },
    models: event.models.map((id) => newModel(id, started ? event.files[id] : undefined)),
    warnings: [],
    ...(started ? { log: event.log } : {}),
  };
}

function newModel(id: string, file: string | undefined): ModelView {
  const model: ModelView = { id, state: { kind: "waiting" }, stages: [], warnings: [] };
  return file === undefined ? model : { ...model, file };
}

function advanceRun(run: RunView, event: Exclude<RunEvent, Beginning>, now: number): RunView {
  switch (event.event) {
    case "modelStarted":
      return withModel(run, event.model, (model) => ({ ...model, state: { kind: "running" } }));
    case "stageStarted":
      return withModel(run, event.model, (model) => ({
        ...model,
        state: { kind: "running" },
        stages: [
          ...ended(model.stages, now),
          { stage: event.stage, detail: event.detail, began: now },
        ],
      }));
    case "rows":
      return withModel(run, event.model, (model) => ({
        ...model,
        state: { kind: "running" },
        stages: counted(model.stages, event.stage, event.rows, now),
      }));
    case "modelSucceeded": {
      const { relation, rows, seconds } = event;
      return withModel(run, event.model, (model) => ({
        ...model,
        state: { kind: "succeeded", relation, seconds, ...(rows === undefined ? {} : { rows }) },
        stages: ended(model.stages, now),
      }));
    }
    case "modelFailed": {
      const { code, message, uri, line, column } = event.failure;
      const place = line === undefined ? {} : { line, column: column ?? 0 };
      const failure = { code, message, ...(uri === undefined ? {} : { uri }), ...place };
      return withModel(run, event.model, (model) => ({
        ...model,
        state: { kind: "failed", failure, seconds: event.seconds },
        stages: ended(model.stages, now),
      }));
    }
    case "modelSkipped":
      return withModel(run, event.model, (model) => ({
        ...model,
        state: { kind: "skipped", because: event.because },
        stages: ended(model.stages, now),
      }));
    case "warning":
      return event.model === ""
        ? { ...run, warnings: added(run.warnings, event.message) }
        : withModel(run, event.model, (model) => ({
            ...model,
            warnings: added(model.warnings, event.message),
          }));
    case "runFinished": {
      const { cancelled, seconds } = event;
      return { ...stopped(run), state: { kind: "finished", cancelled, seconds } };
    }
    case "runBroken":
      return broken(run, event.message);
    case "output":
    case "debuggerAwaited":
      return run;
  }
}

function broken(run: RunView, message: string): RunView {
  return { ...stopped(run), state: { kind: "broken", message } };
}

/** What was at work has neither succeeded nor failed. */
function stopped(run: RunView): RunView {
  const models = run.models.map((model) =>
    model.state.kind === "running" ? { ...model, state: { kind: "cancelled" } as const } : model,
  );
  return { ...run, models };
}

/** A model that was not announced is taken as one more. */
function withModel(run: RunView, id: string, change: (model: ModelView) => ModelView): RunView {
  const known = run.models.some((model) => model.id === id);
  const models = known
    ? run.models.map((model) => (model.id === id ? change(model) : model))
    : [...run.models, change(newModel(id, undefined))];
  return { ...run, models, state: { kind: "running", at: id } };
}

function ended(stages: readonly StageView[], now: number): readonly StageView[] {
  const last = stages.at(-1);
  return last === undefined || last.seconds !== undefined
    ? stages
    : [...stages.slice(0, -1), { ...last, seconds: (now - last.began) / 1000 }];
}

/** Rows of the last of such stages; where none was told of, of a new one. */
function counted(
  stages: readonly StageView[],
  stage: StageView["stage"],
  rows: number,
  now: number,
): readonly StageView[] {
  const at = stages.findLastIndex((one) => one.stage === stage);
  return at < 0
    ? [...ended(stages, now), { stage, detail: "", began: now, rows }]
    : stages.map((one, i) => (i === at ? { ...one, rows } : one));
}

function added(warnings: readonly string[], message: string): readonly string[] {
  return warnings.length < mostWarnings ? [...warnings, message] : warnings;
}
