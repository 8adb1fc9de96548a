import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { activeDocument } from "./active";
import { fileToShow } from "./lineage/ask";
import type { LineageView } from "./lineage/view";
import { subjectToShow } from "./preview/ask";
import type { PreviewPanels } from "./preview/panels";
import type { LanguageServer } from "./server/languageServer";
import { readsFiles, runRefusal } from "./trust";

/** Sends the server's commands, after what the editor has to see to first: trust, and saving. */
export class ServerCommands {
  constructor(
    private readonly server: () => LanguageServer,
    private readonly showLog: () => void,
    private readonly lineage: () => LineageView,
    private readonly previews: () => PreviewPanels,
  ) {}

  async checkProject(): Promise<void> {
    const uri = activeDocument()?.uri;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const place = uri?.scheme === "file" ? uri : folder;
    await this.execute("dvt.check", place ? [{ uri: place.toString() }] : []);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }

  /** Cancels a run; all runs when none is named. */
  async cancelRun(run?: string): Promise<void> {
    await this.execute("dvt.cancel", [run === undefined ? {} : { run }]);
  }

  /** The server, where the command may be sent to it; else it is said why not. */
  async ready(command: string): Promise<LanguageClient | undefined> {
    const refusal = runRefusal(vscode.workspace.isTrusted, command);
    if (refusal !== undefined) {
      await tellUntrusted(refusal);
      return undefined;
    }
    const client = this.server().running;
    if (client === undefined) {
      void vscode.window.showWarningMessage(
        "The DVT language server is not running. DVT: Restart Language Server starts it.",
      );
      return undefined;
    }
    return client;
  }

  /** Also what code lenses and code actions call. Never rejects: a refusal is shown. */
  async execute(
    command: string,
    args: unknown[],
    cancelled?: vscode.CancellationToken,
  ): Promise<unknown> {
    const client = await this.ready(command);
    if (client === undefined) {
      return undefined;
    }
    const subject = subjectToShow(command, args);
    if (subject !== undefined) {
      await this.previews().open(subject);
      return undefined;
    }
    if (readsFiles(command)) {
      await saveModels();
    }
    const file = fileToShow(command, args);
    try {
      if (file !== undefined) {
        await this.lineage().show(vscode.Uri.parse(file));
        return undefined;
      }
      // The token says that the progress of a run is shown here: see runs/board.ts.
      const token = command === "dvt.run" ? { workDoneToken: `${command}-${randomUUID()}` } : {};
      const params = { command, arguments: args, ...token };
      return await client.sendRequest(ExecuteCommandRequest.type, params, cancelled);
    } catch (error) {
      if (cancelled?.isCancellationRequested === true || this.server().running !== client) {
        // The supervisor tells of the server's end, which ends everything that it did.
        return undefined;
      }
      void this.tellFailed(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private async tellFailed(message: string): Promise<void> {
    const showLog = "Show Log";
    if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) {
      this.showLog();
    }
  }
}

/** A run reads the files on disk. */
export async function saveModels(): Promise<void> {
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && document.uri.scheme === "file",
  );
  const inputs = unsaved.filter((document) => /\.(?:py|sql|ya?ml|csv)$/.test(document.fileName));
  await Promise.all(inputs.map((document) => document.save()));
}

async function tellUntrusted(refusal: string): Promise<void> {
  const manage = "Manage Workspace Trust";
  if ((await vscode.window.showWarningMessage(refusal, manage)) === manage) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}
