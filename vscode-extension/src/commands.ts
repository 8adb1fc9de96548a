import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { activeDocument } from "./active";
import { fileToShow } from "./lineage/ask";
import type { LineageView } from "./lineage/view";
import { modelSelector } from "./models";
import type { LanguageServer } from "./server/languageServer";
import { executesCode, runRefusal } from "./trust";

/** Sends the server's commands, after what the editor has to see to first: trust, and saving. */
export class ServerCommands {
  constructor(
    private readonly server: () => LanguageServer,
    private readonly showLog: () => void,
    private readonly lineage: () => LineageView,
  ) {}

  /** Runs the model of a file; of the active editor when no file is given. */
  async runModel(uri: vscode.Uri | undefined, upstream: boolean): Promise<void> {
    const file = uri ?? activeDocument()?.uri;
    if (file?.scheme !== "file" || !file.fsPath.endsWith(".py")) {
      void vscode.window.showInformationMessage("Open the Python model that you want to run.");
      return;
    }
    await this.execute("dvt.run", [
      { uri: file.toString(), select: [modelSelector(file.fsPath, upstream)] },
    ]);
  }

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

  /** Also what code lenses and code actions call. Never rejects: a refusal is shown. */
  async execute(command: string, args: unknown[]): Promise<unknown> {
    const refusal = executesCode(command) ? runRefusal(vscode.workspace.isTrusted) : undefined;
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
    if (executesCode(command)) {
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
      return await client.sendRequest(ExecuteCommandRequest.type, params);
    } catch (error) {
      if (this.server().running !== client) {
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
async function saveModels(): Promise<void> {
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
