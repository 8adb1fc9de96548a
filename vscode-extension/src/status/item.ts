import * as vscode from "vscode";
import { statusText, type Status } from "./text";

/** The status bar item: the target, and what the server and the run are doing. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    "dvt.status",
    vscode.StatusBarAlignment.Left,
    50,
  );

  constructor(command: string) {
    this.item.name = "DVT";
    this.item.command = command;
    this.item.show();
  }

  show(status: Status): void {
    const { text, tooltip, weight } = statusText(status);
    this.item.text = text;
    this.item.tooltip = `${tooltip}\nClick for actions.`;
    this.item.backgroundColor =
      weight === "plain" ? undefined : new vscode.ThemeColor(`statusBarItem.${weight}Background`);
  }

  dispose(): void {
    this.item.dispose();
  }
}
