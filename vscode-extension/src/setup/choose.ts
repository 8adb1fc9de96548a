import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { settingsPlace } from "../projects/choose";
import { fixesOf, fixesTitle, lacks, type Environment, type Interpreter } from "./environment";
import { interpreterLabel, listed } from "./texts";

/** What was chosen in the list: a value of the setting, or something else to do. */
type Choice =
  | { readonly kind: "setting"; readonly value: string | undefined }
  | { readonly kind: "type" }
  | { readonly kind: "mend" }
  | { readonly kind: "doctor" };

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/**
 * Asks which Python the models of a project run in, and keeps the answer in its folder's settings.
 * @returns what else the user wants; `set` when the setting is another
 */
export async function chooseInterpreter(
  environment: Environment,
): Promise<"set" | "mend" | "doctor" | undefined> {
  const place = new SettingPlace(environment.root);
  const chosen = await vscode.window.showQuickPick(items(environment, place), {
    placeHolder: `Python that the models of ${environment.project} run in`,
    matchOnDescription: true,
  });
  const { choice } = chosen ?? {};
  switch (choice?.kind) {
    case undefined:
      return undefined;
    case "setting":
      return (await place.write(choice.value)) ? "set" : undefined;
    case "type":
      return (await place.ask()) ? "set" : undefined;
    case "mend":
    case "doctor":
      return choice.kind;
  }
}

function items(environment: Environment, place: SettingPlace): Item[] {
  const lacking = lacks(environment).map((one) => one.name);
  const fixes = fixesOf(environment).filter((fix) => fix.kind !== "chooseInterpreter");
  const mend: Item = {
    label: `$(tools) ${fixesTitle(fixes)}`,
    description: `${listed(lacking)} missing`,
    choice: { kind: "mend" },
  };
  const separator = (label: string): Item => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const automatic: Item = {
    label: "$(discard) Find It Again",
    description: "clears the setting",
    choice: { kind: "setting", value: undefined },
  };
  return [
    ...(fixes.length > 0 ? [mend, separator("found")] : []),
    ...environment.choices.map((one) => interpreterItem(one, environment, place)),
    separator(""),
    {
      label: "$(edit) Enter a Path",
      description: "of an interpreter, or of its environment's folder",
      choice: { kind: "type" },
    },
    ...(place.value === "" ? [] : [automatic]),
    {
      label: "$(pulse) Doctor",
      description: "what runs find and miss, with what mends it",
      choice: { kind: "doctor" },
    },
  ];
}

function interpreterItem(
  interpreter: Interpreter,
  environment: Environment,
  place: SettingPlace,
): Item {
  const inUse = interpreter.path === environment.interpreter?.path;
  return {
    label: `${inUse ? "$(check) " : ""}${interpreterLabel(interpreter)}`,
    description: shortened(interpreter.path, os.homedir()),
    detail: `${inUse ? "In use: " : ""}${interpreter.why}`,
    choice: { kind: "setting", value: place.within(interpreter.path) },
  };
}

function shortened(file: string, home: string): string {
  return home !== "" && file.startsWith(home + path.sep) ? `~${file.slice(home.length)}` : file;
}

/** The setting `dvt.python.interpreter` of the folder that a project lies in. */
class SettingPlace {
  private readonly folder: vscode.WorkspaceFolder | undefined;
  private readonly section: vscode.WorkspaceConfiguration;

  constructor(root: string) {
    this.folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(root));
    this.section = vscode.workspace.getConfiguration("dvt", this.folder);
  }

  get value(): string {
    return this.section.get<string>("python.interpreter", "");
  }

  /** A path in the folder is one for all who have the folder. */
  within(file: string): string {
    const folder = this.folder?.uri.fsPath;
    return folder !== undefined && file.startsWith(folder + path.sep)
      ? `\${workspaceFolder}/${path.relative(folder, file).split(path.sep).join("/")}`
      : file;
  }

  /** @returns whether it is another than before */
  async write(value: string | undefined): Promise<boolean> {
    if (this.value === (value ?? "")) {
      return false;
    }
    await this.section.update("python.interpreter", value, settingsPlace(this.folder));
    return true;
  }

  /** @returns whether the answer is another than before */
  async ask(): Promise<boolean> {
    const typed = await vscode.window.showInputBox({
      prompt: "Python interpreter, or the folder of its environment",
      placeHolder: "~/envs/shop/bin/python",
      value: this.value,
    });
    return (
      typed !== undefined && (await this.write(typed.trim() === "" ? undefined : typed.trim()))
    );
  }
}
