import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { activeDocument } from "../active";
import { selectionRequest, type Selection } from "./asking";

/** After so long without a letter, a file may have become a model. */
const pauseMillis = 500;

/** Keeps the condition `dvt.modelOpen`: the active editor's file defines a model or a seed. */
export class ModelOpen implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private typed: NodeJS.Timeout | undefined;
  private asked = 0;
  private open: boolean | undefined;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => void this.look()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === activeDocument()) {
          clearTimeout(this.typed);
          this.typed = setTimeout(() => void this.look(), pauseMillis);
        }
      }),
    ];
  }

  /** The server knows; until it runs, nothing can be run either. */
  async look(): Promise<void> {
    const question = ++this.asked;
    const open = await this.definesModel(activeDocument());
    if (question === this.asked && open !== this.open) {
      this.open = open;
      await vscode.commands.executeCommand("setContext", "dvt.modelOpen", open);
    }
  }

  private async definesModel(document: vscode.TextDocument | undefined): Promise<boolean> {
    if (document?.uri.scheme !== "file" || !/\.(?:py|sql|csv)$/.test(document.fileName)) {
      return false;
    }
    const params = { uris: [document.uri.toString()] };
    try {
      const answer = await this.client()?.sendRequest<readonly Selection[]>(
        selectionRequest,
        params,
      );
      return (answer?.length ?? 0) > 0;
    } catch {
      return false; // the server ended meanwhile
    }
  }

  dispose(): void {
    clearTimeout(this.typed);
    this.subscriptions.forEach((subscription) => {
      subscription.dispose();
    });
  }
}
