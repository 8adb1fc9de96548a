import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import {
  ExecuteCommandRequest,
  WorkDoneProgress,
  type LanguageClient,
} from "vscode-languageclient/node";

export interface LongCommand {
  readonly command: string;
  readonly argument: object;
  /** What is under way. */
  readonly title: string;
}

/** Waits for a command of the server, with its stages in a notification that has a Cancel. */
export async function withProgress(client: LanguageClient, long: LongCommand): Promise<void> {
  const { command, argument, title } = long;
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, cancellation) => {
      const workDoneToken = `${command}-${randomUUID()}`;
      const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
        if (value.kind !== "end" && value.message !== undefined) {
          progress.report({ message: value.message });
        }
      });
      try {
        await client.sendRequest(
          ExecuteCommandRequest.type,
          { command, arguments: [argument], workDoneToken },
          cancellation,
        );
      } catch (error) {
        if (cancellation.isCancellationRequested) {
          vscode.window.setStatusBarMessage(`${title}: cancelled. What is whole stays.`, 10_000);
        } else {
          void tellFailed(error instanceof Error ? error.message : String(error));
        }
      } finally {
        listening.dispose();
      }
    },
  );
}

async function tellFailed(message: string): Promise<void> {
  const showLog = "Show Log";
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) {
    await vscode.commands.executeCommand("dvt.showLog");
  }
}
