import * as vscode from "vscode";
import {
  DidChangeConfigurationNotification,
  type ConfigurationItem,
  type LanguageClient,
} from "vscode-languageclient/node";
import { versions } from "../versions";
import { chooseInterpreter } from "./choose";
import { Doctor } from "./doctor";
import { fixesOf, type Environment, type Fix } from "./environment";
import { PythonItem } from "./item";
import { EnvironmentList } from "./list";
import { Offer } from "./offer";
import { withProgress, type LongCommand } from "./progress";
import { PythonExtension } from "./pythonExtension";

/** How long a server takes at most to ask for settings that have changed. */
const toldMillis = 10_000;
const pythonDownloads = "https://www.python.org/downloads/";

export interface SetUpParts {
  readonly context: vscode.ExtensionContext;
  readonly client: () => LanguageClient | undefined;
  /** The server, where the command may be sent to it; else it is said why not. */
  readonly ready: (command: string) => Promise<LanguageClient | undefined>;
}

/** What of the machine runs need: shown in the status bar, offered, examined, chosen, made. */
export class SetUp implements vscode.Disposable {
  private readonly item = new PythonItem();
  private readonly list: EnvironmentList;
  private readonly offer: Offer;
  private readonly doctor: Doctor;
  private readonly pythonExtension: PythonExtension;
  private readonly commands: vscode.Disposable;
  private configured = false;
  private readonly told = new vscode.EventEmitter<void>();
  private doing: string | undefined;

  constructor(private readonly parts: SetUpParts) {
    const { context, client } = parts;
    this.list = new EnvironmentList(client, () => {
      this.changed();
    });
    this.doctor = new Doctor({
      extension: context.extensionUri,
      client,
      environments: () => this.list.all,
      active: () => this.list.active,
      fix: (root, fix) => this.mendOne(root, fix),
      versions: () => versions(context),
    });
    this.offer = new Offer({
      memory: context.workspaceState,
      mend: (environment) => this.mend(environment),
      showDoctor: (root) => this.doctor.show(root),
    });
    this.pythonExtension = new PythonExtension(() => {
      this.askForSettings();
    });
    const register = (id: string, act: () => Promise<void>): vscode.Disposable =>
      vscode.commands.registerCommand(id, act);
    this.commands = vscode.Disposable.from(
      register("dvt.showDoctor", () => this.showDoctor()),
      register("dvt.choosePython", () => this.ofActive((active) => this.choose(active))),
      register("dvt.makeEnvironment", () =>
        this.ofActive(({ root }) => this.mendOne(root, createEnvironment)),
      ),
      register("dvt.mendEnvironment", () => this.ofActive((active) => this.mend(active))),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.changed();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.changed();
        void this.doctor.retry();
      }),
    );
  }

  /** Another server is there, or none. */
  serverChanged(runs: boolean): void {
    if (runs) {
      void this.list.refresh().then(() => this.doctor.retry());
    } else {
      this.configured = false;
    }
  }

  /** The server asks for settings: those of the Python extension go with them. */
  settings(items: readonly ConfigurationItem[], values: readonly unknown[]): unknown[] {
    this.configured = true;
    // Once the answer is on its way.
    setImmediate(() => {
      void this.list.refresh().then(() => {
        this.told.fire();
      });
    });
    return items.map(({ section, scopeUri }, at) => {
      const value = values[at];
      return section === "dvt" ? this.withPython(value, scopeUri) : value;
    });
  }

  /** A command was executed by whomever. */
  executed(command: string): void {
    if (command === "dvt.createEnvironment" || command === "dvt.install") {
      void this.list.refresh();
    }
  }

  dispose(): void {
    vscode.Disposable.from(
      this.commands,
      this.told,
      this.item,
      this.list,
      this.doctor,
      this.pythonExtension,
    ).dispose();
  }

  private withPython(value: unknown, scope: string | undefined): unknown {
    const resource = scope === undefined ? undefined : vscode.Uri.parse(scope);
    const ofExtension = this.pythonExtension.chosenFor(resource) ?? "";
    const settings = (value ?? {}) as { readonly python?: object };
    return { ...settings, python: { ...settings.python, ofExtension } };
  }

  private askForSettings(): void {
    void this.parts
      .client()
      ?.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    this.changed();
  }

  private changed(): void {
    const { active } = this.list;
    this.item.show(active, this.doing);
    // Not before all is known that an interpreter may be taken from.
    const known = this.configured && this.pythonExtension.isSettled;
    if (active !== undefined && known && vscode.workspace.isTrusted && this.doing === undefined) {
      void this.offer.consider(active);
    }
  }

  private async showDoctor(): Promise<void> {
    if (this.list.active === undefined) {
      await this.list.refresh();
    }
    await this.doctor.show();
  }

  private async ofActive(act: (active: Environment) => Promise<void>): Promise<void> {
    await this.list.refresh();
    const { active } = this.list;
    if (active === undefined) {
      const text =
        this.parts.client() === undefined
          ? "The DVT language server is not running. DVT: Restart Language Server starts it."
          : "No DVT project is open. Open the folder that holds its dbt_project.yml.";
      void vscode.window.showInformationMessage(text);
    } else {
      await act(active);
    }
  }

  private async choose(environment: Environment): Promise<void> {
    const told = once(this.told.event, toldMillis);
    switch (await chooseInterpreter(environment)) {
      case "set":
        await this.offer.again(environment.root);
        await told;
        break;
      case "mend":
        await this.mend(environment);
        break;
      case "doctor":
        await this.doctor.show(environment.root);
        break;
      case undefined:
        break;
    }
  }

  /** What is missing by now: an offer may have been open for long. */
  private async mend({ root }: Environment): Promise<void> {
    const now = this.list.all.find((one) => one.root === root);
    for (const fix of now === undefined ? [] : fixesOf(now)) {
      await this.mendOne(root, fix);
    }
  }

  private async mendOne(root: string, fix: Fix): Promise<void> {
    const environment = this.list.all.find((one) => one.root === root);
    switch (fix.kind) {
      case "createEnvironment":
        await this.under({
          title: `Creating the environment of ${environment?.project ?? root}`,
          command: "dvt.createEnvironment",
          argument: { projectDir: root },
        });
        break;
      case "installPackage":
        await this.under({
          title: `Installing ${fix.argument ?? ""}`,
          command: "dvt.install",
          argument: { projectDir: root, package: fix.argument },
        });
        break;
      case "chooseInterpreter":
        if (environment !== undefined) {
          await this.choose(environment);
        }
        break;
      case "installPython":
        await vscode.env.openExternal(vscode.Uri.parse(pythonDownloads));
        break;
      case "openFile":
        await openFile(fix.argument ?? root);
        break;
    }
  }

  private async under(long: LongCommand): Promise<void> {
    const client = await this.parts.ready(long.command);
    if (client === undefined) {
      return;
    }
    this.doing = long.title;
    this.changed();
    try {
      await withProgress(client, long);
    } finally {
      this.doing = undefined;
      await this.list.refresh();
    }
  }
}

const createEnvironment: Fix = { kind: "createEnvironment", title: "Create Environment" };

function once(event: vscode.Event<void>, limitMillis: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(end, limitMillis);
    const listening = event(end);
  });
}

async function openFile(file: string): Promise<void> {
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(file), {
      viewColumn: vscode.ViewColumn.Beside,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`${file} could not be opened: ${why}`);
  }
}
