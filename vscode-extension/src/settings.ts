import * as vscode from "vscode";

export type TraceLevel = "off" | "messages" | "verbose";

/** The settings that the client itself reads; the server asks for the others. */
export interface Settings {
  readonly javaHome: string;
  readonly target: string | undefined;
  readonly trace: TraceLevel;
}

/**
 * In an untrusted workspace VS Code leaves out what the workspace sets of the restricted ones.
 * @param folder whose own settings count; without one, those of the window
 */
export function readSettings(folder?: string): Settings {
  const scope = folder === undefined ? undefined : vscode.Uri.file(folder);
  const section = vscode.workspace.getConfiguration("dvt", scope);
  const target = section.get<string>("target", "").trim();
  return {
    javaHome: section.get<string>("java.home", ""),
    target: target === "" ? undefined : target,
    trace: section.get<TraceLevel>("trace.server", "off"),
  };
}
