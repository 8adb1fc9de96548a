import * as vscode from "vscode";
import type { Environment } from "./environment";
import { fixesOf, fixesTitle } from "./environment";
import { pythonText } from "./texts";

/** Says which Python models run in, and why; a click is for changing that. */
export class PythonItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    "dvt.python",
    vscode.StatusBarAlignment.Left,
    49, // beside the other of ours
  );

  constructor() {
    this.item.name = "DVT Python";
    this.item.command = "dvt.choosePython";
  }

  /** @param doing what is under way, as a few words */
  show(environment: Environment | undefined, doing: string | undefined): void {
    if (environment === undefined) {
      this.item.hide();
      return;
    }
    const { text, lines, warns } = pythonText(environment);
    this.item.text = doing === undefined ? text : `$(loading~spin) ${doing}`;
    this.item.tooltip = tooltip(lines, environment);
    this.item.accessibilityInformation = {
      label: `DVT: ${doing ?? lines.join(" ")}`,
    };
    this.item.backgroundColor =
      warns && doing === undefined
        ? new vscode.ThemeColor("statusBarItem.warningBackground")
        : undefined;
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

function tooltip(lines: readonly string[], environment: Environment): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const line of lines) {
    text.appendText(line).appendMarkdown("\n\n");
  }
  const fixes = fixesOf(environment);
  const mend = fixes.length > 0 ? [[fixesTitle(fixes), "dvt.mendEnvironment"] as const] : [];
  const links = [
    ...mend,
    ["Choose Interpreter", "dvt.choosePython"] as const,
    ["Doctor", "dvt.showDoctor"] as const,
  ];
  text.appendMarkdown(
    links.map(([title, command]) => `[${title}](command:${command})`).join(" | "),
  );
  text.isTrusted = { enabledCommands: links.map(([, command]) => command) };
  return text;
}
