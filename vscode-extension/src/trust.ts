/** Why a run may not start, as a sentence for the user; `undefined` when it may. */
export function runRefusal(trusted: boolean): string | undefined {
  return trusted
    ? undefined
    : "Running a model executes its code, so it waits until you trust this workspace. Checks and completion work without.";
}

/** The server's commands that execute code of the workspace. */
const executingCommands: ReadonlySet<string> = new Set([
  "dvt.run",
  "dvt.preview",
  "dvt.install",
  "dvt.debugAdapter",
]);

export function executesCode(command: string): boolean {
  return executingCommands.has(command);
}
