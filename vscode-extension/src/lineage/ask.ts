/** The server's command for what a model reads and what reads it. */
export const lineageCommand = "dvt.lineage";

/** Counted from 0, as the protocol has it. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** The file whose lineage the user wants to see; none when only the answer is wanted. */
export function fileToShow(command: string, args: readonly unknown[]): string | undefined {
  const wanted = args[0] as { readonly uri?: unknown; readonly show?: unknown } | undefined;
  return command === lineageCommand && wanted?.show === true && typeof wanted.uri === "string"
    ? wanted.uri
    : undefined;
}

/** Where the model's name stands in its file; none when the file defines no model any more. */
export function modelPlace(answer: unknown): Place | undefined {
  return (answer as { readonly position?: Place } | null | undefined)?.position;
}
