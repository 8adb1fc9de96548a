import * as vscode from "vscode";
import type { ServerState } from "./supervisor";

const javaDownloads = "https://adoptium.net/temurin/releases/?version=21";

/** Tells that the server is not there, with a button for what mends it. */
export async function tellServerFailed(
  failed: ServerState & { readonly kind: "failed" },
  showLog: () => void,
  restart: () => void,
): Promise<void> {
  const settings = "Open Settings";
  const install = "How to Install Java";
  const log = "Show Log";
  const again = "Restart";
  const buttons = failed.cause === "java" ? [settings, install] : [log, again];
  const answer = await vscode.window.showErrorMessage(failed.reason, ...buttons);
  if (answer === settings) {
    // A remote server's settings have a page of their own.
    const page = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
    await vscode.commands.executeCommand(`workbench.action.${page}`, { query: "dvt.java.home" });
  } else if (answer === install) {
    await vscode.env.openExternal(vscode.Uri.parse(javaDownloads));
  } else if (answer === log) {
    showLog();
  } else if (answer === again) {
    restart();
  }
}
