import { failedOf, succeededOf, type RunView } from "./state";
import { finishedText } from "./texts";
import { failurePlace, type Place } from "./rows";

/** Who waits that long looks elsewhere meanwhile. */
const longSeconds = 10;

/** What the user has before them as a run ends. */
export interface Attention {
  /** The window has the focus. */
  readonly focused: boolean;
  /** The view of runs is seen. */
  readonly runsVisible: boolean;
  /** URIs of the files that are seen. */
  readonly files: readonly string[];
}

export interface Notice {
  readonly failed: boolean;
  readonly text: string;
  /** The line to go to. */
  readonly place?: Place;
}

/** What is told of a run that has ended; nothing where the user sees it anyway. */
export function noticeOf(
  run: RunView,
  { focused, runsVisible, files }: Attention,
): Notice | undefined {
  const text = finishedText(run);
  const failures = failedOf(run);
  if (failures.length > 0) {
    const place = failures.map(({ state }) => failurePlace(state.failure)).find((at) => at?.line);
    return place === undefined ? { failed: true, text } : { failed: true, text, place };
  }
  // What broke a run off, who asked for it is told.
  if (run.state.kind !== "finished" || run.state.cancelled || run.state.seconds <= longSeconds) {
    return undefined;
  }
  const seen =
    runsVisible || succeededOf(run).some(({ file }) => file !== undefined && files.includes(file));
  return focused && seen ? undefined : { failed: false, text };
}
