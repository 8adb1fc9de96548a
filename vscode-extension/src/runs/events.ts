/** The server's notification, one for each thing that happens in a run. */
export const runEventMethod = "dvt/runEvent";

export type Stage = "extract" | "execute" | "load" | "commit";

/** Why a model failed, as far as a sentence needs it; the server marks the failing line itself. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** One thing that happened; `model` is a unique id, `model.shop.customers`. */
export type RunEvent = {
  /** The run's id: several may be under way. */
  readonly run: string;
} & (
  | { readonly event: "runStarted"; readonly target: string; readonly models: readonly string[] }
  | { readonly event: "modelStarted"; readonly model: string }
  | {
      readonly event: "stageStarted";
      readonly model: string;
      readonly stage: Stage;
      readonly detail: string;
    }
  | { readonly event: "rows"; readonly model: string; readonly stage: Stage; readonly rows: number }
  | { readonly event: "output"; readonly model: string; readonly line: string }
  | { readonly event: "warning"; readonly model: string; readonly message: string }
  | {
      readonly event: "modelSucceeded";
      readonly model: string;
      readonly relation: string;
      readonly rows?: number;
      readonly seconds: number;
    }
  | { readonly event: "modelFailed"; readonly model: string; readonly failure: Failure }
  | { readonly event: "modelSkipped"; readonly model: string; readonly because: string }
  | { readonly event: "runFinished"; readonly cancelled: boolean; readonly seconds: number }
);

/** The name in a unique id: `orders` of `model.shop.orders`, `orders.v2` of `model.shop.orders.v2`. */
export function nameOf(uniqueId: string): string {
  return /^[^.]+\.[^.]+\.(.+)$/.exec(uniqueId)?.[1] ?? uniqueId;
}
