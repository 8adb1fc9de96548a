import * as vscode from "vscode";
import type { ServerState } from "./supervisor";

const javaDownloads = "https://adoptium.net/temurin/releases/?version=21";

/** Tells that the server ended, and that nothing has to be done. */
export async function tellServerRestarts(crash: string, showLog: () => void): Promise<void> {
  const log = "Show Log";
  if ((await vscode.window.showWarningMessage(crash, log)) === log) {
    showLog();
  }
}

/** Tells that the server is not there, with a button for what mends it. */
export async function tellServerFailed(
  failed: ServerState & { readonly kind: "failed" },
  showLog: () => void,
  restart: () => void,
  report: () => string,
): Promise<void> {
  const settings = "Open Settings";
  const install = "How to Install Java";
  const log = "Show Log";
  const again = "Restart";
  const copy = "Copy Report";
  const buttons = failed.cause === "java" ? [settings, install] : [copy, log, again];
  const answer = await vscode.window.showErrorMessage(failed.reason, ...buttons);
  if (answer === settings) {
    // A remote server's settings have a page of their own.
    const page = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
    await vscode.commands.executeCommand(`workbench.action.${page}`, { query: "dvt.java.home" });
  } else if (answer === install) {
    await vscode.env.openExternal(vscode.Uri.parse(javaDownloads));
  } else if (answer === copy) {
    await vscode.env.clipboard.writeText(report());
    vscode.window.setStatusBarMessage("Copied the report.", 5_000);
  } else if (answer === log) {
    showLog();
  } else if (answer === again) {
    restart();
  }
}
