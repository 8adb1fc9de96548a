import type { Asked, Failure, Stage } from "./events";

/** A stage of a model, as far as it came. */
export interface StageView {
  readonly stage: Stage;
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly rows?: number;
  /** Absent while it is worked on. */
  readonly seconds?: number;
}

export type ModelState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running" }
  | {
      readonly kind: "succeeded";
      readonly relation: string;
      /** Nobody counts those of a view. */
      readonly rows?: number;
      readonly seconds: number;
    }
  | { readonly kind: "failed"; readonly failure: Failure; readonly seconds: number }
  | { readonly kind: "skipped"; readonly because: string }
  | { readonly kind: "cancelled" };

/** A model (or seed) of a run. */
export interface ModelView {
  /** The unique id. */
  readonly id: string;
  /** URI of its file. */
  readonly file?: string;
  readonly state: ModelState;
  readonly stages: readonly StageView[];
  readonly warnings: readonly string[];
}

export type RunState =
  | { readonly kind: "waiting" }
  /** `at`: the model that was told of last. */
  | { readonly kind: "running"; readonly at?: string }
  | { readonly kind: "finished"; readonly cancelled: boolean; readonly seconds: number }
  | { readonly kind: "broken"; readonly message: string };

/** All that is known of one run. */
export interface RunView {
  /** The server's ids begin anew with each server, these do not. */
  readonly key: string;
  readonly run: string;
  readonly asked: Asked;
  /** Empty while the run waits. */
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly state: RunState;
  readonly models: readonly ModelView[];
  readonly warnings: readonly string[];
  readonly log?: string;
}

/** The runs that are known, oldest first. */
export type Runs = readonly RunView[];

export function isUnderWay(run: RunView): boolean {
  return run.state.kind === "waiting" || run.state.kind === "running";
}

export type Succeeded = ModelView & { readonly state: { readonly kind: "succeeded" } };
export type Failed = ModelView & { readonly state: { readonly kind: "failed" } };

export function succeededOf(run: RunView): readonly Succeeded[] {
  return run.models.filter((model): model is Succeeded => model.state.kind === "succeeded");
}

export function failedOf(run: RunView): readonly Failed[] {
  return run.models.filter((model): model is Failed => model.state.kind === "failed");
}

export function skippedOf(run: RunView): readonly ModelView[] {
  return run.models.filter((model) => model.state.kind === "skipped");
}

/** What did not succeed, and is worth another try. */
export function unfinishedOf(run: RunView): readonly ModelView[] {
  return isUnderWay(run) ? [] : run.models.filter((model) => model.state.kind !== "succeeded");
}

/** The run to show in short: the latest under way, else the one that was told of last. */
export function shownRun(runs: Runs, told: string | undefined): RunView | undefined {
  return runs.findLast(isUnderWay) ?? runs.find((run) => run.key === told);
}
