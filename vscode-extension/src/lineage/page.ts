import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { FromPage, LineageNode, NodeCommand, ToPage } from "../../web/lineage/messages";
import { nameOf } from "../runs/events";
import { pageHtml, webFolder } from "../webview/page";
import { graphRequest, mayBeNode, type GraphAnswer, type GraphParams } from "./ask";
import type { Statuses } from "./statuses";

/** What a page needs of the extension. */
export interface LineageSource {
  readonly extension: vscode.Uri;
  readonly client: () => LanguageClient | undefined;
  readonly statuses: () => Statuses;
  /** A command of the server, with what the editor has to see to first. */
  readonly execute: (command: string, args: unknown[]) => Promise<unknown>;
}

/** A webview that shows the graph of the project in which the user is. */
export class LineagePage {
  private ready = false;
  private stale = true;
  private asked = 0;
  private projectDir: string | undefined;
  private nodes: ReadonlyMap<string, LineageNode> = new Map();
  private byFile: ReadonlyMap<string, string> = new Map();
  /** A node that was clicked stays where it is when its file is there. */
  private opened: string | undefined;

  /**
   * @param file whose model is in the middle
   * @param visible a page that is not asks for nothing
   */
  constructor(
    private readonly webview: vscode.Webview,
    private readonly source: LineageSource,
    private file: vscode.Uri | undefined,
    private readonly visible: () => boolean,
    private readonly columnToOpenIn: () => vscode.ViewColumn,
  ) {
    webview.options = { enableScripts: true, localResourceRoots: [webFolder(source.extension)] };
    webview.onDidReceiveMessage((message: FromPage) => {
      void this.receive(message);
    });
    webview.html = pageHtml(webview, source.extension, "lineage", {
      title: "Lineage",
      workers: true,
    });
  }

  /** The user has gone to another file, or asks for its lineage. */
  async follow(file: vscode.Uri): Promise<void> {
    if (file.scheme !== "file" || !mayBeNode(file.path)) {
      return;
    }
    this.file = file;
    const node = this.byFile.get(file.fsPath);
    const known = node !== undefined && !this.stale;
    if (known && node !== this.opened && this.visible()) {
      this.post({ type: "focus", id: node });
    } else if (!known) {
      await this.refresh(true);
    }
    this.opened = undefined;
  }

  /** What is shown is old. */
  async changed(): Promise<void> {
    this.stale = true;
    await this.refresh(false);
  }

  /** The page can be seen again. */
  async shown(): Promise<void> {
    if (this.stale) {
      await this.refresh(true);
    }
  }

  mark(): void {
    if (this.ready && this.visible()) {
      this.post({ type: "mark", statuses: [...this.source.statuses()] });
    }
  }

  /** @param focus the file's node goes to the middle */
  private async refresh(focus: boolean): Promise<void> {
    const client = this.source.client();
    if (!this.ready || !this.visible() || client === undefined) {
      this.stale = true;
      return;
    }
    const own = ++this.asked;
    const params: GraphParams = this.file === undefined ? {} : { uri: this.file.toString() };
    const answer = await client.sendRequest<GraphAnswer>(graphRequest, params);
    if (own !== this.asked) {
      return;
    }
    if (answer.projectDir !== undefined) {
      this.show(answer, focus);
    } else if (this.projectDir === undefined) {
      this.post({ type: "none", text: "Open a model of a DVT project to see its lineage." });
    }
  }

  private show(answer: Extract<GraphAnswer, { projectDir: string }>, focus: boolean): void {
    this.stale = false;
    this.projectDir = answer.projectDir;
    this.nodes = new Map(answer.nodes.map((node) => [node.id, node]));
    const ofFile = answer.nodes.filter((node) => mayBeNode(node.uri));
    this.byFile = new Map(ofFile.map((node) => [vscode.Uri.parse(node.uri).fsPath, node.id]));
    const middle = this.file === undefined ? undefined : this.byFile.get(this.file.fsPath);
    this.post({
      type: "graph",
      project: answer.projectDir,
      data: { nodes: answer.nodes, edges: answer.edges },
      ...(focus && middle !== undefined ? { focus: middle } : {}),
    });
    this.mark();
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        await this.refresh(true);
        break;
      case "node":
        await this.act(message.command, message.id);
        break;
      case "save":
        await save(this.projectDir, message.name, Buffer.from(message.base64, "base64"));
        break;
    }
  }

  private async act(command: NodeCommand, id: string): Promise<void> {
    const node = this.nodes.get(id);
    if (node === undefined) {
      return;
    }
    const name = nameOf(id);
    const of = { projectDir: this.projectDir, uri: node.uri };
    switch (command) {
      case "open":
        await this.open(node);
        break;
      case "run":
        await this.source.execute("dvt.run", [{ ...of, select: [name] }]);
        break;
      case "runWithUpstream":
        await this.source.execute("dvt.run", [{ ...of, select: [`+${name}`] }]);
        break;
      case "preview":
        await this.source.execute("dvt.preview", [{ ...of, select: [name], show: true }]);
        break;
      case "copyName":
        await vscode.env.clipboard.writeText(node.name);
        break;
    }
  }

  /** Where its name stands now. */
  private async open(node: LineageNode): Promise<void> {
    this.opened = node.id;
    const params: GraphParams = {
      ...(this.projectDir === undefined ? {} : { projectDir: this.projectDir }),
      ...{ node: node.id, up: 0, down: 0 },
    };
    const answer = await this.source.client()?.sendRequest<GraphAnswer>(graphRequest, params);
    const [now] = answer?.projectDir === undefined ? [] : answer.nodes;
    const { line, character } = now?.position ?? { line: 0, character: 0 };
    const at = new vscode.Position(line, character);
    try {
      const document = await vscode.workspace.openTextDocument(
        vscode.Uri.parse(now?.uri ?? node.uri),
      );
      await vscode.window.showTextDocument(document, {
        selection: new vscode.Range(at, at),
        viewColumn: this.columnToOpenIn(),
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`${node.name} could not be opened: ${why}`);
    }
  }

  private post(message: ToPage): void {
    void this.webview.postMessage(message);
  }
}

async function save(folder: string | undefined, name: string, bytes: Uint8Array): Promise<void> {
  const file = await vscode.window.showSaveDialog(
    folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), name) },
  );
  if (file !== undefined) {
    await vscode.workspace.fs.writeFile(file, bytes);
    vscode.window.setStatusBarMessage(`Saved ${vscode.workspace.asRelativePath(file)}`, 5_000);
  }
}
