/** The server's notification, one for each thing that happens in a run. */
export const runEventMethod = "dvt/runEvent";

export type Stage = "extract" | "execute" | "load" | "commit";

/** Why a model failed. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly uri?: string;
  /** From 1, columns in code points; absent when not known. */
  readonly line?: number;
  readonly column?: number;
}

/** What a run is asked for with. */
export interface Asked {
  readonly projectDir: string;
  /** None: the whole project. */
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly fullRefresh: boolean;
}

/** One thing that happened; `model` is a unique id, `model.shop.customers`. */
export type RunEvent = {
  /** The run's id: several may be under way. */
  readonly run: string;
} & (
  | ({ readonly event: "runWaiting"; readonly models: readonly string[] } & Asked)
  | ({
      readonly event: "runStarted";
      readonly target: string;
      readonly models: readonly string[];
      /** The file that holds the run's events. */
      readonly log: string;
      /** URIs of the files that define the models, by unique id. */
      readonly files: Readonly<Record<string, string>>;
    } & Asked)
  | { readonly event: "modelStarted"; readonly model: string }
  | {
      readonly event: "stageStarted";
      readonly model: string;
      readonly stage: Stage;
      readonly detail: string;
    }
  | { readonly event: "rows"; readonly model: string; readonly stage: Stage; readonly rows: number }
  | { readonly event: "output"; readonly model: string; readonly line: string }
  | { readonly event: "debuggerAwaited"; readonly model: string; readonly port: number }
  | { readonly event: "warning"; readonly model: string; readonly message: string }
  | {
      readonly event: "modelSucceeded";
      readonly model: string;
      readonly relation: string;
      readonly rows?: number;
      readonly seconds: number;
    }
  | {
      readonly event: "modelFailed";
      readonly model: string;
      readonly failure: Failure;
      readonly seconds: number;
    }
  | { readonly event: "modelSkipped"; readonly model: string; readonly because: string }
  | { readonly event: "runFinished"; readonly cancelled: boolean; readonly seconds: number }
  /** It could not start, or broke off: no other event of it comes. */
  | { readonly event: "runBroken"; readonly message: string }
);

/** The name in a unique id: `orders` of `model.shop.orders`, `orders.v2` of `model.shop.orders.v2`. */
export function nameOf(uniqueId: string): string {
  return /^[^.]+\.[^.]+\.(.+)$/.exec(uniqueId)?.[1] ?? uniqueId;
}
