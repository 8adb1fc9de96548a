import * as vscode from "vscode";

/** What one who helps wants to know first, a line each. */
export function versions(context: vscode.ExtensionContext): string[] {
  const { version } = context.extension.packageJSON as { readonly version: string };
  const remote = vscode.env.remoteName === undefined ? "" : `, remote: ${vscode.env.remoteName}`;
  return [
    `DVT extension ${version}, VS Code ${vscode.version}${remote}`,
    `${process.platform} ${process.arch}`,
  ];
}
