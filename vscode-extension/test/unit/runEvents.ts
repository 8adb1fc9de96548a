import { advance } from "../../src/runs/advance";
import type { RunEvent } from "../../src/runs/events";
import type { Runs, RunView } from "../../src/runs/state";

export const customers = "model.shop.customers";
export const orders = "model.shop.orders";

/** Tests read clocks in UTC: see vitest.config.mts. */
export const noon = Date.UTC(2026, 4, 5, 12, 0, 0);

type Bare<E> = E extends unknown ? Omit<E, "run"> : never;

/** An event of the run `1`. */
export const of = (event: Bare<RunEvent>): RunEvent => ({ run: "1", ...event });

const asked = { projectDir: "/shop", exclude: [], fullRefresh: false };
const fileOf = (id: string): string => `file:///shop/models/${id.replace(/.*\./, "")}.py`;

export const started = (...models: string[]): RunEvent =>
  of({
    event: "runStarted",
    target: "dev",
    models,
    select: ["+orders"],
    log: "/shop/.dvt/logs/1.jsonl",
    files: Object.fromEntries(models.map((id) => [id, fileOf(id)])),
    ...asked,
  });

export const waiting = (...models: string[]): RunEvent =>
  of({ event: "runWaiting", models, select: ["+orders"], ...asked });

export const at = (model: string, stage: "extract" | "execute" | "load"): RunEvent =>
  of({ event: "stageStarted", model, stage, detail: "main.x" });

export const succeeded = (model: string, rows?: number): RunEvent =>
  of({
    event: "modelSucceeded",
    model,
    relation: "main.x",
    seconds: 1.23,
    ...(rows === undefined ? {} : { rows }),
  });

export const failed = (model: string): RunEvent =>
  of({
    event: "modelFailed",
    model,
    failure: {
      code: "DVT126",
      message: "Python model 'x' raised ZeroDivisionError: division by zero.",
      uri: fileOf(model),
      line: 3,
      column: 5,
    },
    seconds: 0.5,
  });

export const skipped = (model: string, because: string): RunEvent =>
  of({ event: "modelSkipped", model, because });

export const finished = (cancelled = false, seconds = 1.23): RunEvent =>
  of({ event: "runFinished", cancelled, seconds });

/** The runs after some events, a second apart. */
export const after = (...events: RunEvent[]): Runs =>
  events.reduce<Runs>((runs, event, i) => advance(runs, event, noon + i * 1000), []);

export const last = (...events: RunEvent[]): RunView => {
  const run = after(...events).at(-1);
  if (run === undefined) {
    throw new Error("there is no run");
  }
  return run;
};
