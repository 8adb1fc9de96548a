import * as vscode from "vscode";
import type { RunView } from "../runs/view";

interface Action extends vscode.QuickPickItem {
  readonly command: string;
}

/** The list that a click on the status bar item opens. */
export async function chooseAction(run: RunView): Promise<void> {
  const chosen = await vscode.window.showQuickPick(actions(run), {
    placeHolder: "DVT",
  });
  if (chosen) {
    await vscode.commands.executeCommand(chosen.command);
  }
}

function actions(run: RunView): Action[] {
  const always: Action[] = [
    { label: "$(checklist) Check Project", command: "dvt.checkProject" },
    { label: "$(output) Show Log", command: "dvt.showLog" },
    { label: "$(target) Choose Target", command: "dvt.chooseTarget" },
    { label: "$(refresh) Restart Language Server", command: "dvt.restartServer" },
  ];
  return run.kind === "running"
    ? [{ label: "$(debug-stop) Cancel Run", command: "dvt.cancelRun" }, ...always]
    : [
        { label: "$(play) Run", description: "the open model", command: "dvt.runModel" },
        {
          label: "$(run-all) Run with Upstream",
          description: "the open model and what it reads",
          command: "dvt.runModelWithUpstream",
        },
        ...always,
      ];
}
