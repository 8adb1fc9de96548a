import * as path from "node:path";
import * as vscode from "vscode";
import { CallHierarchyPrepareRequest, type LanguageClient } from "vscode-languageclient/node";
import type { Place } from "./ask";

/** Lineage as VS Code shows calls: who reads a model calls it, what it reads is called. */
export class LineageView implements vscode.Disposable {
  private provider: vscode.Disposable | undefined;

  async show(client: LanguageClient, file: string, place: Place): Promise<void> {
    const at = new vscode.Position(place.line, place.character);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    this.goFirst(client, document);
    await vscode.commands.executeCommand("references-view.showCallHierarchy").then(
      undefined,
      // That view is an extension, which may be switched off.
      () => vscode.commands.executeCommand("editor.showCallHierarchy"),
    );
  }

  /** VS Code asks one extension alone for calls, the last to register; other Python ones do, too. */
  private goFirst(client: LanguageClient, document: vscode.TextDocument): void {
    this.dispose();
    const provider = client.getFeature(CallHierarchyPrepareRequest.method).getProvider(document);
    if (provider !== undefined) {
      const folder = vscode.Uri.joinPath(document.uri, "..");
      const name = path.posix.basename(document.uri.path);
      this.provider = vscode.languages.registerCallHierarchyProvider(
        { language: document.languageId, pattern: new vscode.RelativePattern(folder, name) },
        provider,
      );
    }
  }

  dispose(): void {
    this.provider?.dispose();
    this.provider = undefined;
  }
}
