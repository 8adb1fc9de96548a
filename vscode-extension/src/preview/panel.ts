import * as vscode from "vscode";
import { runRefusal } from "../trust";
import { pageHtml, webFolder } from "../webview/page";
import {
  cellsOf,
  clipboardText,
  failureOf,
  mostCellsCopied,
  previewCommand,
  titleOf,
  type Subject,
} from "./ask";
import {
  noAsk,
  type Format,
  type FromPage,
  type Kept,
  type Place,
  type ToPage,
  type View,
} from "./messages";
import type { PreviewSource } from "./source";

const name = "preview";

/** The panel of one model. */
export class PreviewPanel {
  private computing: vscode.CancellationTokenSource | undefined;
  private closed = false;
  private ready = false;
  private kept: Kept | undefined;
  private readonly waiting: ToPage[] = [];

  constructor(
    readonly subject: Subject,
    private readonly panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    private readonly source: PreviewSource,
    private readonly saveModels: () => Promise<void>,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: [webFolder(extension)] };
    panel.title = `Preview: ${titleOf(subject)}`;
    panel.onDidDispose(() => {
      this.closed = true;
      this.computing?.cancel();
      this.forget(this.kept);
    });
    panel.webview.onDidReceiveMessage((message) => void this.take(message as FromPage));
    panel.webview.html = pageHtml(panel.webview, extension, name, { title: panel.title });
  }

  show(): void {
    this.panel.reveal(undefined, true);
  }

  /** The window was loaded again: nothing runs unless the user asks for it. */
  restored(): void {
    this.send({ type: "told", text: "Compute shows the rows." });
  }

  /** Computes the rows; what is being computed for this panel ends. */
  async compute(refresh: boolean): Promise<void> {
    await this.computeSaved(refresh, this.saveModels);
  }

  /** The model was saved: computes its rows of now, whatever else is not saved. */
  async saved(): Promise<void> {
    await this.computeSaved(false, () => Promise.resolve());
  }

  private async computeSaved(refresh: boolean, save: () => Promise<void>): Promise<void> {
    const refusal = runRefusal(vscode.workspace.isTrusted, previewCommand);
    if (refusal !== undefined) {
      this.send({ type: "failed", failures: [{ message: refusal }] });
      return;
    }
    this.computing?.cancel();
    const mine = new vscode.CancellationTokenSource();
    this.computing = mine;
    const latest = (): boolean => this.computing === mine && !this.closed;
    this.send({ type: "computing", message: "Computing…" });
    try {
      await save();
      const answer = await this.source.compute(
        this.subject,
        refresh,
        (message) => {
          if (latest()) {
            this.send({ type: "computing", message: `Computing: ${message}` });
          }
        },
        mine.token,
      );
      const [kept] = answer?.previews ?? [];
      if (!latest()) {
        this.forget(kept);
      } else if (kept !== undefined) {
        this.shown(kept);
      } else if (answer !== undefined) {
        this.send({ type: "failed", failures: answer.failures.map(failureOf) });
      } else {
        this.send({ type: "stopped" });
      }
    } catch (error) {
      if (latest()) {
        this.send({ type: "failed", failures: [{ message: messageOf(error) }] });
      }
    } finally {
      if (latest()) {
        this.computing = undefined;
      }
      mine.dispose();
    }
  }

  private shown(kept: Kept): void {
    this.forget(this.kept);
    this.kept = kept;
    this.send({ type: "computed", kept });
  }

  private forget(kept: Kept | undefined): void {
    if (kept !== undefined) {
      void this.source.close(this.subject, kept.preview);
    }
  }

  private send(message: ToPage): void {
    if (this.closed) {
      return;
    }
    if (this.ready) {
      void this.panel.webview.postMessage(message);
    } else {
      this.waiting.push(message);
    }
  }

  private async take(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.begin();
        break;
      case "compute":
        await this.compute(message.refresh);
        break;
      case "cancel":
        this.computing?.cancel();
        break;
      case "rows":
        await this.answer(message, async () => {
          const { id, preview, view, offset, limit } = message;
          const page = await this.source.rows(this.subject, preview, view, offset, limit);
          return { type: "rows", id, rows: page.rows, total: page.total };
        });
        break;
      case "profile":
        await this.answer(message, async () => {
          const { id, preview, view } = message;
          const columns = await this.source.profile(this.subject, preview, view);
          return { type: "profile", id, columns };
        });
        break;
      case "copy":
        await this.told(() => this.copy(message));
        break;
      case "export":
        await this.told(() => this.export(message.preview, message.view, message.format));
        break;
      case "open":
        await open(message.place);
        break;
    }
  }

  private begin(): void {
    this.ready = true;
    this.send({ type: "about", ...this.subject, name: titleOf(this.subject) });
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0 && this.kept !== undefined) {
      this.send({ type: "computed", kept: this.kept }); // the page was loaded again
    }
    waiting.forEach((message) => {
      this.send(message);
    });
  }

  /** Rows of before are not asked for when newer ones are on their way to the page. */
  private async answer(
    { id, preview }: { readonly id: number; readonly preview: string },
    ask: () => Promise<ToPage>,
  ): Promise<void> {
    if (preview !== this.kept?.preview) {
      return;
    }
    let answer: ToPage;
    try {
      answer = await ask();
    } catch (error) {
      answer = { type: "refused", id, message: messageOf(error) };
    }
    if (preview === this.kept.preview) {
      this.send(answer);
    }
  }

  private async told(act: () => Promise<string>): Promise<void> {
    try {
      this.send({ type: "told", text: await act() });
    } catch (error) {
      this.send({ type: "refused", id: noAsk, message: messageOf(error) });
    }
  }

  private async copy(message: Extract<FromPage, { type: "copy" }>): Promise<string> {
    const { preview, view, range, columns, headers } = message;
    if (cellsOf(range) > mostCellsCopied) {
      return `${cellsOf(range).toLocaleString("en")} cells are too many to copy. Export them.`;
    }
    const { top, bottom } = range;
    const rows = await this.source.whole(this.subject, preview, view, columns, top, bottom);
    await vscode.env.clipboard.writeText(clipboardText(rows, headers ? columns : undefined));
    const cells = rows.length * columns.length;
    return `Copied ${cells.toLocaleString("en")} ${cells === 1 ? "cell" : "cells"}.`;
  }

  private async export(preview: string, view: View, format: Format): Promise<string> {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(this.subject.uri))?.uri;
    const file = `${titleOf(this.subject).replaceAll(/[^\w.-]+/g, "_")}.${format}`;
    const target = await vscode.window.showSaveDialog({
      title: "Export the preview",
      filters: { [format.toUpperCase()]: [format] },
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, file) }),
    });
    if (target === undefined) {
      return "";
    }
    const location = vscode.ProgressLocation.Notification;
    const options = { location, title: `Exporting to ${target.fsPath}`, cancellable: true };
    const rows = await vscode.window.withProgress(options, (_, token) =>
      this.source.export(this.subject, preview, view, format, target, token),
    );
    return rows === undefined
      ? "The export was cancelled."
      : `Exported ${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"} to ${target.fsPath}.`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function open(place: Place): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri));
  const at = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(at, at),
  });
}
