import { nameOf } from "../runs/events";
import { failedOf, isUnderWay, type RunView } from "../runs/state";
import { finishedText, runningText } from "../runs/texts";
import type { ServerState } from "../server/supervisor";

export interface Status {
  readonly server: ServerState;
  /** The run to tell of. */
  readonly run: RunView | undefined;
  /** How many are under way. */
  readonly runs: number;
  readonly trusted: boolean;
  /** Output of the profile that models are loaded into; `undefined`: the profile's own. */
  readonly target: string | undefined;
}

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly weight: "plain" | "warning" | "error";
}

/** What the status bar shows. `$(name)` are VS Code's icons. */
export function statusText(status: Status): StatusText {
  const { server, run, trusted } = status;
  switch (server.kind) {
    case "starting":
      return plain("$(loading~spin) DVT", "The DVT language server is starting.");
    case "stopped":
      return plain("$(circle-slash) DVT", "The DVT language server is stopped.");
    case "failed":
      return { text: "$(error) DVT", tooltip: server.reason, weight: "error" };
    case "running":
      break;
  }
  const target = run === undefined || run.target === "" ? status.target : run.target;
  const label = target === undefined ? "DVT" : `DVT: ${target}`;
  if (!trusted) {
    return plain(
      `$(shield) ${label}`,
      "Models are checked but not run until you trust this workspace.",
    );
  }
  if (run === undefined) {
    return plain(
      `$(database) ${label}`,
      target === undefined
        ? "Models are loaded into the profile's own target."
        : `Models are loaded into the target ${target}.`,
    );
  }
  return isUnderWay(run) ? underWay(run, label, status.runs) : ended(run, label);
}

function underWay(run: RunView, label: string, runs: number): StatusText {
  const more = runs > 1 ? ` and ${runs - 1} more` : "";
  return plain(
    `$(loading~spin) ${label}, ${runningText(run)}${more}`,
    runs > 1 ? `${runs} runs are under way.` : `A run on target ${run.target} is under way.`,
  );
}

function ended(run: RunView, label: string): StatusText {
  const sentence = finishedText(run);
  const failures = failedOf(run);
  if (failures.length > 0 || run.state.kind === "broken") {
    const names = failures.map((failed) => nameOf(failed.id)).join(", ");
    const what = names === "" ? "run broken off" : `${names} failed`;
    return { text: `$(error) ${label}, ${what}`, tooltip: sentence, weight: "error" };
  }
  return run.state.kind === "finished" && run.state.cancelled
    ? plain(`$(circle-slash) ${label}, cancelled`, sentence)
    : plain(`$(check) ${label}, ${sentence}`, `${sentence}, on target ${run.target}.`);
}

function plain(text: string, tooltip: string): StatusText {
  return { text, tooltip, weight: "plain" };
}
