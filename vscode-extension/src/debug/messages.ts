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

/** What the debug console says at the end of a session that loads nothing. */
export function previewText(answer: unknown): string {
  const { previews = [], failures = [] } = (answer ?? {}) as PreviewAnswer;
  const lines = previews.map(({ name, rowCount }) => {
    const rows = rowCount === undefined ? "rows" : rowCount === 1 ? "1 row" : `${rowCount} rows`;
    return `${name} returned ${rows}. Nothing was loaded.`;
  });
  const failed = failures.map(({ failure }) => `${failure.code}: ${failure.message}`);
  return [...lines, ...failed].join("\n");
}
