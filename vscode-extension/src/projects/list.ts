import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { activeDocument } from "../active";
import { projectOf, projectsRequest, type Project } from "./targets";

/** The projects that the server has read, asked again when their files change. */
export class ProjectList implements vscode.Disposable {
  private projects: readonly Project[] = [];
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly client: () => LanguageClient | undefined,
    private readonly changed: () => void,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(
      "**/{profiles,dbt_project,dvt_project}.yml",
    );
    const refresh = (): void => void this.refresh();
    this.subscriptions = [
      watcher,
      watcher.onDidChange(refresh),
      watcher.onDidCreate(refresh),
      watcher.onDidDelete(refresh),
      // The usual profile lies in the home folder, outside of what is watched.
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.fileName.endsWith("profiles.yml")) {
          refresh();
        }
      }),
    ];
  }

  /** The project of the active editor, else the first. */
  get active(): Project | undefined {
    return projectOf(this.projects, activeDocument()?.uri.fsPath);
  }

  async refresh(): Promise<void> {
    const client = this.client();
    if (client === undefined) {
      return;
    }
    try {
      this.projects = await client.sendRequest<readonly Project[]>(projectsRequest, {});
    } catch {
      return; // the server ended meanwhile: the next one is asked again
    }
    const open = this.projects.length > 0;
    void vscode.commands.executeCommand("setContext", "dvt.projectOpen", open);
    this.changed();
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => {
      subscription.dispose();
    });
  }
}
