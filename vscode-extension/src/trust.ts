/** What each of the server's commands does that executes code of the workspace, or writes where it says. */
const executing: Readonly<Record<string, string>> = {
  "dvt.run": "Running a model executes its code",
  "dvt.preview": "A preview executes the model's code",
  "dvt.saveFixture": "Saving what a model reads starts programs of the workspace",
  "dvt.debugAdapter": "Debugging a model executes its code",
  "dvt.install": "Installing a package starts the workspace's Python",
  "dvt.doctor": "Looking at what runs find starts programs of the workspace",
  "dvt.createEnvironment": "Creating an environment starts programs of the workspace",
  "dvt.docs": "The documentation site is written to a folder that the workspace names",
};

/** Those that read the files on disk. */
const reading: ReadonlySet<string> = new Set([
  "dvt.run",
  "dvt.preview",
  "dvt.debugAdapter",
  "dvt.docs",
  "dvt.saveFixture",
]);

/** Why a command may not start, as a sentence for the user; `undefined` when it may. */
export function runRefusal(trusted: boolean, command = "dvt.run"): string | undefined {
  const act = executesCode(command) ? executing[command] : undefined;
  return trusted || act === undefined
    ? undefined
    : `${act}, so it waits until you trust this workspace. Checks and completion work without.`;
}

/** Whether one of the server's commands executes code of the workspace. */
export function executesCode(command: string): boolean {
  return Object.hasOwn(executing, command);
}

/** Whether a command works on what is saved. */
export function readsFiles(command: string): boolean {
  return reading.has(command);
}
