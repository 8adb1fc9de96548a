import * as vscode from "vscode";

/** The document that the user works on. With the focus in the log, the one beside it. */
export function activeDocument(): vscode.TextDocument | undefined {
  const active = vscode.window.activeTextEditor?.document;
  if (active?.uri.scheme !== "output") {
    return active;
  }
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return tab instanceof vscode.TabInputText
    ? vscode.workspace.textDocuments.find(
        (document) => document.uri.toString() === tab.uri.toString(),
      )
    : undefined;
}
