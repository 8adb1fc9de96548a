import * as vscode from "vscode";

interface Action extends vscode.QuickPickItem {
  readonly command: string;
}

/** The list that a click on the status bar item opens. */
export async function chooseAction(running: boolean): Promise<void> {
  const chosen = await vscode.window.showQuickPick(actions(running), {
    placeHolder: "DVT",
  });
  if (chosen) {
    await vscode.commands.executeCommand(chosen.command);
  }
}

function actions(running: boolean): Action[] {
  const always: Action[] = [
    { label: "$(checklist) Check Project", command: "dvt.checkProject" },
    { label: "$(history) Show Runs", command: "dvt.runs.focus" },
    { label: "$(book) Open Documentation Site", command: "dvt.openDocs" },
    { label: "$(output) Show Log", command: "dvt.showLog" },
    { label: "$(target) Choose Target", command: "dvt.chooseTarget" },
    { label: "$(refresh) Restart Language Server", command: "dvt.restartServer" },
  ];
  return running
    ? [{ label: "$(debug-stop) Cancel Run", command: "dvt.cancelRun" }, ...always]
    : [
        { label: "$(play) Run", description: "the open model", command: "dvt.runModel" },
        {
          label: "$(run-all) Run with Upstream",
          description: "the open model and what it reads",
          command: "dvt.runModelWithUpstream",
        },
        { label: "$(tag) Run a Tag", command: "dvt.runTag" },
        ...always,
      ];
}
