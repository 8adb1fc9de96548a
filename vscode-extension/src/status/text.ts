import { finishedText, runningText } from "../runs/texts";
import type { RunView } from "../runs/view";
import type { ServerState } from "../server/supervisor";

export interface Status {
  readonly server: ServerState;
  readonly run: RunView;
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
  const target = run.kind === "idle" ? status.target : run.target;
  const label = target === undefined ? "DVT" : `DVT: ${target}`;
  if (!trusted) {
    return plain(
      `$(shield) ${label}`,
      "Models are checked but not run until you trust this workspace.",
    );
  }
  switch (run.kind) {
    case "idle":
      return plain(
        `$(database) ${label}`,
        target === undefined
          ? "Models are loaded into the profile's own target."
          : `Models are loaded into the target ${target}.`,
      );
    case "running":
      return plain(
        `$(loading~spin) ${label}, ${runningText(run)}`,
        `A run on target ${run.target} is under way.`,
      );
    case "finished": {
      const sentence = finishedText(run);
      if (run.failures.length > 0) {
        const names = run.failures.map((failed) => failed.model).join(", ");
        return {
          text: `$(error) ${label}, ${names} failed`,
          tooltip: sentence,
          weight: "error",
        };
      }
      return run.cancelled
        ? plain(`$(circle-slash) ${label}, cancelled`, sentence)
        : plain(`$(check) ${label}, ${sentence}`, `${sentence}, on target ${run.target}.`);
    }
  }
}

function plain(text: string, tooltip: string): StatusText {
  return { text, tooltip, weight: "plain" };
}
