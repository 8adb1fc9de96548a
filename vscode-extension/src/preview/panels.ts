import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { activeDocument } from "../active";
import { previewCommand, subjectOf, titleOf, type Subject } from "./ask";
import type { PageState } from "./messages";
import { PreviewPanel } from "./panel";
import { PreviewSource } from "./source";

const viewType = "dvt.preview";

export interface PreviewParts {
  readonly extension: vscode.Uri;
  readonly client: () => LanguageClient | undefined;
  readonly saveModels: () => Promise<void>;
  /** Sends a command of the server, or shows why not. */
  readonly execute: (command: string, args: unknown[]) => Promise<unknown>;
}

/** A panel for each model that is looked at. */
export class PreviewPanels implements vscode.Disposable {
  private readonly panels = new Map<string, PreviewPanel>();
  private readonly source: PreviewSource;
  private readonly registered: vscode.Disposable;

  constructor(private readonly parts: PreviewParts) {
    this.source = new PreviewSource(parts.client);
    this.registered = vscode.Disposable.from(
      vscode.commands.registerCommand("dvt.previewModel", (file?: unknown, select?: unknown) => {
        const uri = file instanceof vscode.Uri ? file : activeDocument()?.uri;
        const named = typeof select === "string" ? select : undefined;
        if (uri?.scheme === "file" && /\.(?:py|sql|csv|ya?ml)$/.test(uri.path)) {
          return this.parts.execute(previewCommand, [
            { ...subjectOf(uri.toString(), named), show: true },
          ]);
        }
        const hint = "Open the model or seed whose rows you want to see.";
        void vscode.window.showInformationMessage(hint);
        return undefined;
      }),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state: PageState | undefined) => {
          if (state === undefined) {
            panel.dispose();
          } else {
            this.add(subjectOf(state.uri, state.select, state.fixture), panel).restored();
          }
          return Promise.resolve();
        },
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        const settings = vscode.workspace.getConfiguration("dvt", document.uri);
        if (settings.get<boolean>("preview.onSave", false)) {
          const uri = document.uri.toString();
          void this.panels.get(key({ uri }))?.saved();
          void this.panels.get(key({ uri, fixture: true }))?.saved();
        }
      }),
    );
  }

  /** Shows a model's rows, computed now; the focus stays where it is. */
  async open(subject: Subject): Promise<void> {
    const there = this.panels.get(key(subject));
    if (there !== undefined) {
      there.show();
      await there.compute(false);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      `Preview: ${titleOf(subject)}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { retainContextWhenHidden: true },
    );
    await this.add(subject, panel).compute(false);
  }

  dispose(): void {
    this.registered.dispose();
  }

  private add(subject: Subject, panel: vscode.WebviewPanel): PreviewPanel {
    const { extension, saveModels } = this.parts;
    const added = new PreviewPanel(subject, panel, extension, this.source, saveModels);
    this.panels.set(key(subject), added);
    panel.onDidDispose(() => {
      if (this.panels.get(key(subject)) === added) {
        this.panels.delete(key(subject));
      }
    });
    return added;
  }
}

function key(subject: Subject): string {
  return JSON.stringify([subject.uri, subject.select, subject.fixture]);
}
