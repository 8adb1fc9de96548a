import * as path from "node:path";
import * as vscode from "vscode";

const id = "ms-python.python";

/** As much of the Python extension's API as is asked here; it promises to keep it. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The interpreters that the Python extension's users have chosen there, where it is installed. */
export class PythonExtension implements vscode.Disposable {
  private api: PythonApi["environments"];
  private asking: Promise<void> | undefined;
  private settled = false;
  private readonly subscriptions: vscode.Disposable[] = [];

  /** @param changed another is chosen, or it is known by now */
  constructor(private readonly changed: () => void) {
    this.subscriptions.push(
      vscode.extensions.onDidChange(() => {
        this.connect();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.connect();
      }),
    );
    this.connect();
  }

  /** Nothing more is to be expected of it than what is known. */
  get isSettled(): boolean {
    return this.settled;
  }

  /** The interpreter, or its environment's folder; `undefined` where none is chosen. */
  chosenFor(resource: vscode.Uri | undefined): string | undefined {
    try {
      const chosen = this.api?.getActiveEnvironmentPath(resource).path;
      // Where nothing is chosen it says `python`.
      return chosen !== undefined && path.isAbsolute(chosen) ? chosen : undefined;
    } catch {
      return undefined; // it is not ours to mend
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Starting that extension may start programs of the folder. */
  private connect(): void {
    if (this.api !== undefined || this.asking !== undefined || !vscode.workspace.isTrusted) {
      return;
    }
    this.asking = this.ask().finally(() => {
      this.asking = undefined;
      this.settled = true;
      this.changed();
    });
  }

  private async ask(): Promise<void> {
    try {
      const exported: unknown = await vscode.extensions.getExtension(id)?.activate();
      this.api = (exported as PythonApi | undefined)?.environments;
    } catch {
      return; // it says so itself
    }
    if (this.api !== undefined) {
      this.subscriptions.push(this.api.onDidChangeActiveEnvironmentPath(this.changed));
    }
  }
}
