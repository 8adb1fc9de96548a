import { rowsText } from "../runs/texts";

/** What debugpy's adapter says, as far as it matters here. */
export type AdapterNews =
  | { readonly kind: "waiting"; readonly port: number }
  /** The model's process has connected. */
  | { readonly kind: "connected" }
  /** It is gone: what follows is not for the debugger. */
  | { readonly kind: "over" };

/** One message of the Debug Adapter Protocol; `undefined` for all that VS Code sees to. */
export function adapterNews(message: unknown): AdapterNews | undefined {
  const { type, event, body } = message as {
    readonly type?: string;
    readonly event?: string;
    readonly body?: { readonly port?: number };
  };
  if (type !== "event") {
    return undefined;
  }
  if (event === "debugpyWaitingForServer" && body?.port !== undefined) {
    return { kind: "waiting", port: body.port };
  }
  if (event === "initialized") {
    return { kind: "connected" };
  }
  return event === "terminated" ? { kind: "over" } : undefined;
}

interface PreviewAnswer {
  readonly previews?: readonly { readonly name: string; readonly rowCount?: number }[];
  readonly failures?: readonly {
    readonly model: string;
    readonly failure: { readonly code: string; readonly message: string };
  }[];
}

/** How a session that loads nothing ended, in a sentence; `undefined` when there is nothing to tell. */
export interface Ending {
  readonly failed: boolean;
  readonly text: string;
}

export function endingOf(answer: unknown): Ending | undefined {
  const { previews = [], failures = [] } = (answer ?? {}) as PreviewAnswer;
  const [failure] = failures;
  if (failure !== undefined) {
    return { failed: true, text: `${failure.failure.code}: ${failure.failure.message}` };
  }
  const [preview] = previews;
  if (preview === undefined) {
    return undefined;
  }
  const { name, rowCount } = preview;
  const rows = rowCount === undefined ? "its rows" : rowsText(rowCount);
  return { failed: false, text: `${name} returned ${rows}. Nothing was loaded.` };
}
