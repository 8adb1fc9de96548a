import * as vscode from "vscode";
import type { ServerCommands } from "../commands";
import { debugCommand, type ModelLaunch } from "./configuration";
import { adapterNews, endingOf, type Ending } from "./messages";

/** One debug session: asks for the run when the adapter waits, and ends it with the session. */
export class ModelSession implements vscode.DebugAdapterTracker {
  private readonly cancellation = new vscode.CancellationTokenSource();
  private connected = false;
  private over = false;

  constructor(
    private readonly session: vscode.DebugSession,
    private readonly commands: ServerCommands,
  ) {}

  onDidSendMessage(message: unknown): void {
    const news = adapterNews(message);
    if (news?.kind === "waiting") {
      void this.run(news.port);
    } else if (news?.kind === "connected") {
      this.connected = true;
    } else if (news?.kind === "over") {
      this.over = true;
    }
  }

  /** The user ends it; a model that came to its end is still loaded. */
  onWillStopSession(): void {
    if (!this.over) {
      this.cancellation.cancel();
    }
  }

  private async run(port: number): Promise<void> {
    const launch = this.session.configuration as ModelLaunch & vscode.DebugConfiguration;
    const uri = vscode.Uri.file(launch.model ?? "").toString();
    const { command, argument } = debugCommand(launch, uri, port);
    const answer = await this.commands.execute(command, [argument], this.cancellation.token);
    if (!this.connected) {
      // It failed before the model began: nobody will ever connect to the adapter.
      await vscode.debug.stopDebugging(this.session);
    }
    if (command === "dvt.preview") {
      tell(endingOf(answer));
    }
  }
}

/** Runs are told of as all runs are. */
function tell(ending: Ending | undefined): void {
  if (ending?.failed === true) {
    void vscode.window.showErrorMessage(ending.text);
  } else if (ending !== undefined) {
    void vscode.window.showInformationMessage(ending.text);
  }
}
