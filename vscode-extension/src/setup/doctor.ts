import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { FromPage, OtherAction, Report, ToPage } from "../../web/doctor/messages";
import { runRefusal } from "../trust";
import { pageHtml, webFolder } from "../webview/page";
import type { Environment, Fix } from "./environment";
import { reportText } from "./reportText";

export interface DoctorParts {
  readonly extension: vscode.Uri;
  readonly client: () => LanguageClient | undefined;
  readonly environments: () => readonly Environment[];
  /** The project of the active editor. */
  readonly active: () => Environment | undefined;
  readonly fix: (root: string, fix: Fix) => Promise<void>;
  /** Of editor and extension, a line each. */
  readonly versions: () => readonly string[];
}

/** The page that says what runs find and miss, with a button for what mends it. One at a time. */
export class Doctor implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private root: string | undefined;
  private report: Report | undefined;
  /** What the page shows; it forgets while it is hidden. */
  private last: ToPage | undefined;
  private looking: vscode.CancellationTokenSource | undefined;

  constructor(private readonly parts: DoctorParts) {}

  /** @param root the project; that of the active editor without one */
  async show(root = this.parts.active()?.root): Promise<void> {
    this.root = root;
    if (this.panel === undefined) {
      this.open();
    } else {
      this.panel.reveal();
      await this.look();
    }
  }

  /** The server is another, or is trusted by now: a page without a report gets one. */
  async retry(): Promise<void> {
    if (this.panel !== undefined && this.last?.type === "none") {
      this.root ??= this.parts.active()?.root;
      await this.look();
    }
  }

  dispose(): void {
    this.looking?.cancel();
    this.panel?.dispose();
  }

  private open(): void {
    const folder = webFolder(this.parts.extension);
    const panel = vscode.window.createWebviewPanel(
      "dvt.doctor",
      "DVT Doctor",
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [folder] },
    );
    panel.iconPath = vscode.Uri.joinPath(this.parts.extension, "images", "icon.png");
    panel.webview.onDidReceiveMessage((message: FromPage) => void this.receive(message));
    panel.onDidDispose(() => {
      this.looking?.cancel();
      this.panel = undefined;
      this.last = undefined;
      this.report = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, this.parts.extension, "doctor", {
      title: "DVT Doctor",
    });
    this.panel = panel;
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        await this.ready();
        break;
      case "refresh":
        await this.look();
        break;
      case "project":
        this.root = message.root;
        this.report = undefined;
        await this.look();
        break;
      case "fix":
        await this.mend(message.fix as Fix);
        break;
      case "copy":
        await this.copy();
        break;
      case "other":
        await other(message.command);
        break;
    }
  }

  private async ready(): Promise<void> {
    const { last } = this;
    if (last === undefined) {
      await this.look();
      return;
    }
    this.postProjects();
    if (this.report !== undefined && last.type === "busy") {
      this.send({ type: "report", report: this.report });
    }
    this.send(last);
  }

  private async look(): Promise<void> {
    this.looking?.cancel();
    const looking = new vscode.CancellationTokenSource();
    this.looking = looking;
    const client = this.parts.client();
    const hindrance = this.hindrance(client);
    if (hindrance !== undefined || client === undefined || this.root === undefined) {
      this.post({ type: "none", text: "", ...hindrance });
      return;
    }
    this.postProjects();
    this.post({ type: "busy", text: "Looking at programs, packages and connections…" });
    try {
      const report = (await client.sendRequest(
        ExecuteCommandRequest.type,
        {
          command: "dvt.doctor",
          arguments: [{ projectDir: this.root }],
          workDoneToken: `dvt.doctor-${randomUUID()}`, // the page shows that it is under way
        },
        looking.token,
      )) as Report;
      if (!looking.token.isCancellationRequested) {
        this.report = report;
        this.post({ type: "report", report });
      }
    } catch (error) {
      if (!looking.token.isCancellationRequested) {
        this.post({ type: "none", text: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  /** Why there is no report to be had. */
  private hindrance(
    client: LanguageClient | undefined,
  ): { readonly text: string; readonly action: OtherAction } | undefined {
    const refusal = runRefusal(vscode.workspace.isTrusted, "dvt.doctor");
    if (refusal !== undefined) {
      return { text: refusal, action: { command: "trust", title: "Manage Workspace Trust" } };
    }
    if (client === undefined) {
      return {
        text: "The DVT language server is not running. The log says why.",
        action: { command: "restart", title: "Restart" },
      };
    }
    return this.root === undefined
      ? {
          text: "No project is open. Open the folder that holds its dbt_project.yml.",
          action: { command: "openFolder", title: "Open Folder" },
        }
      : undefined;
  }

  private async mend(fix: Fix): Promise<void> {
    const { root } = this;
    if (root === undefined) {
      return;
    }
    if (fix.kind === "openFile" || fix.kind === "installPython") {
      await this.parts.fix(root, fix);
      return;
    }
    this.looking?.cancel();
    this.post({ type: "busy", text: `${fix.title}…` });
    await this.parts.fix(root, fix);
    await this.look();
  }

  private async copy(): Promise<void> {
    if (this.report !== undefined) {
      await vscode.env.clipboard.writeText(reportText(this.report, this.parts.versions()));
      vscode.window.setStatusBarMessage("Copied the report.", 5_000);
    }
  }

  private postProjects(): void {
    const projects = this.parts
      .environments()
      .map(({ project, root }) => ({ name: project, root }));
    this.send({ type: "projects", projects, root: this.root ?? "" });
  }

  private post(message: ToPage): void {
    this.last = message;
    this.send(message);
  }

  private send(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }
}

async function other(command: OtherAction["command"]): Promise<void> {
  const commands = {
    trust: "workbench.trust.manage",
    restart: "dvt.restartServer",
    openFolder: "vscode.openFolder",
  } as const;
  await vscode.commands.executeCommand(commands[command]);
}
