import * as vscode from "vscode";
import { activeDocument } from "../active";
import type { RunEvent } from "../runs/events";
import { graphChanged } from "./ask";
import { LineagePage, type LineageSource } from "./page";
import { after, type Statuses } from "./statuses";

const viewId = "dvt.lineage";

type LineageParts = Omit<LineageSource, "statuses">;

/** Everything that shows lineage: the view in the panel, and panels beside editors. */
export class LineageView implements vscode.Disposable {
  private readonly pages = new Set<LineagePage>();
  private readonly source: LineageSource;
  private readonly registered: vscode.Disposable;
  private statuses: Statuses = new Map();
  private view: LineagePage | undefined;
  /** What the view shows first, when it is opened for a file. */
  private wanted: vscode.Uri | undefined;

  constructor(parts: LineageParts) {
    this.source = { ...parts, statuses: () => this.statuses };
    this.registered = vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(viewId, {
        resolveWebviewView: (view) => {
          this.resolve(view);
        },
      }),
      vscode.commands.registerCommand("dvt.showLineage", (file?: vscode.Uri) => this.show(file)),
      vscode.commands.registerCommand("dvt.showLineageToSide", (file?: vscode.Uri) => {
        this.showToSide(file);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) {
          void this.each((page) => page.follow(editor.document.uri));
        }
      }),
    );
  }

  /** Opens the view with a file's model in the middle; that of the active editor without one. */
  async show(file = activeDocument()?.uri): Promise<void> {
    this.wanted = file;
    if (file !== undefined) {
      await this.view?.follow(file);
    }
    await vscode.commands.executeCommand(`${viewId}.focus`);
    this.wanted = undefined;
  }

  listenTo(client: { onNotification(method: string, handler: () => void): unknown }): void {
    client.onNotification(graphChanged, () => {
      void this.each((page) => page.changed());
    });
  }

  /** A server is there, another one perhaps than before. */
  async serverRuns(): Promise<void> {
    this.statuses = new Map();
    await this.each((page) => page.changed());
  }

  runEvent(event: RunEvent): void {
    const next = after(this.statuses, event);
    if (next !== this.statuses) {
      this.statuses = next;
      this.pages.forEach((page) => {
        page.mark();
      });
    }
  }

  dispose(): void {
    this.registered.dispose();
  }

  private resolve(view: vscode.WebviewView): void {
    const page = new LineagePage(
      view.webview,
      this.source,
      this.wanted ?? activeDocument()?.uri,
      () => view.visible,
      () => vscode.ViewColumn.Active,
    );
    this.view = page;
    this.add(page, view);
    view.onDidChangeVisibility(() => (view.visible ? page.shown() : undefined));
    view.onDidDispose(() => {
      this.view = undefined;
    });
  }

  private showToSide(file = activeDocument()?.uri): void {
    const panel = vscode.window.createWebviewPanel(viewId, "Lineage", vscode.ViewColumn.Beside);
    const page = new LineagePage(
      panel.webview,
      this.source,
      file,
      () => panel.visible,
      // Beside the graph, not over it.
      () =>
        vscode.window.visibleTextEditors.find(
          (editor) => editor.viewColumn !== undefined && editor.viewColumn !== panel.viewColumn,
        )?.viewColumn ?? vscode.ViewColumn.One,
    );
    this.add(page, panel);
    panel.onDidChangeViewState(() => (panel.visible ? page.shown() : undefined));
  }

  private add(page: LineagePage, place: vscode.WebviewView | vscode.WebviewPanel): void {
    this.pages.add(page);
    place.onDidDispose(() => this.pages.delete(page));
  }

  private async each(act: (page: LineagePage) => Promise<void>): Promise<void> {
    await Promise.all([...this.pages].map(act));
  }
}
