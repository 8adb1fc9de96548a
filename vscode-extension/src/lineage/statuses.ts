import type { RunEvent } from "../runs/events";
import type { NodeStatus } from "../../web/graph/api";

/** What this window's runs tell of nodes, by unique id, before the logs are read again. */
export type Statuses = ReadonlyMap<string, NodeStatus>;

const told: Readonly<Partial<Record<RunEvent["event"], NodeStatus>>> = {
  modelStarted: "running",
  modelSucceeded: "passed",
  modelFailed: "failed",
  modelSkipped: "skipped",
};

/** After one more event; the same when it tells nothing new. */
export function after(statuses: Statuses, event: RunEvent): Statuses {
  if (event.event === "runFinished" || event.event === "runBroken") {
    // How models ended stands in the logs now, and a cancelled one is as it was. Nothing else
    // knows of those that were skipped.
    return new Map([...statuses].filter(([, status]) => status === "skipped"));
  }
  const status = told[event.event];
  return status === undefined || !("model" in event) || statuses.get(event.model) === status
    ? statuses
    : new Map([...statuses, [event.model, status]]);
}
