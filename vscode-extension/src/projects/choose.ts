import * as vscode from "vscode";
import type { Project } from "./targets";

interface TargetItem extends vscode.QuickPickItem {
  /** What the setting becomes; `undefined` leaves the choice to the profile. */
  readonly target: string | undefined;
}

/** Asks where to load, and keeps the answer in the folder's settings. */
export async function chooseTarget(project: Project | undefined): Promise<void> {
  if (project === undefined || project.targets.length === 0) {
    void vscode.window.showInformationMessage(
      project === undefined
        ? "No DVT project is open, so there is no target to choose."
        : `The project ${project.name} has no profile yet: add one to profiles.yml.`,
    );
    return;
  }
  const items: TargetItem[] = [
    {
      label: "Profile's own",
      description: project.target ?? "none",
      target: undefined,
    },
    ...project.targets.map(({ name, type }) => ({ label: name, description: type, target: name })),
  ];
  const placeHolder = `Where the models of ${project.name} are loaded`;
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (chosen === undefined) {
    return;
  }
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(project.root));
  const settings = vscode.workspace.getConfiguration("dvt", folder);
  await settings.update("target", chosen.target, settingsPlace(folder));
}

/** The nearest settings file that there is. */
export function settingsPlace(
  folder: vscode.WorkspaceFolder | undefined,
): vscode.ConfigurationTarget {
  const folders = vscode.workspace.workspaceFolders?.length ?? 0;
  if (folders === 0) {
    return vscode.ConfigurationTarget.Global;
  }
  return folder !== undefined && folders > 1
    ? vscode.ConfigurationTarget.WorkspaceFolder
    : vscode.ConfigurationTarget.Workspace;
}
