import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { activeDocument } from "../active";
import { projectOf } from "../projects/targets";
import { environmentRequest, lacks, type Environment } from "./environment";

/** What runs of each project would find, asked again when it may have changed. */
export class EnvironmentList implements vscode.Disposable {
  private environments: readonly Environment[] = [];
  private asked = 0;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly client: () => LanguageClient | undefined,
    private readonly changed: () => void,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(
      "**/{pyvenv.cfg,.python-version,environment.yml,poetry.lock,uv.lock,.venv,venv,.conda,.dvt}",
    );
    const refresh = (): void => void this.refresh();
    /** What is installed in a terminal, nobody tells of. */
    const refreshIncomplete = (): void => {
      if (this.environments.some((one) => lacks(one).length > 0)) {
        refresh();
      }
    };
    this.subscriptions = [
      watcher,
      watcher.onDidChange(refresh),
      watcher.onDidCreate(refresh),
      watcher.onDidDelete(refresh),
      vscode.window.onDidChangeActiveTextEditor(refreshIncomplete),
      vscode.window.onDidCloseTerminal(refreshIncomplete),
      vscode.window.onDidChangeWindowState(refreshIncomplete),
    ];
  }

  get all(): readonly Environment[] {
    return this.environments;
  }

  /** That of the active editor's project, else the first. */
  get active(): Environment | undefined {
    return projectOf(this.environments, activeDocument()?.uri.fsPath);
  }

  async refresh(): Promise<void> {
    const own = ++this.asked;
    try {
      const answer = await this.client()?.sendRequest<readonly Environment[]>(
        environmentRequest,
        {},
      );
      if (own === this.asked) {
        this.environments = answer ?? [];
        this.changed();
      }
    } catch {
      // the server ended meanwhile: the next one is asked again
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
