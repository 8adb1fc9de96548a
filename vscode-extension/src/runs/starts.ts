import * as vscode from "vscode";
import { activeDocument } from "../active";
import type { ServerCommands } from "../commands";
import {
  askFor,
  askForAll,
  askForTag,
  selectionRequest,
  tagsRequest,
  type Manner,
  type Selection,
  type Tagged,
} from "./asking";
import type { Asked } from "./events";
import { askedText, modelsText } from "./texts";

/** What a menu of the explorer, of an editor, or the palette is called for. */
export function chosen(file: vscode.Uri | undefined, more: unknown): readonly vscode.Uri[] {
  const several = Array.isArray(more) ? more.filter((one) => one instanceof vscode.Uri) : [];
  if (several.length > 0) {
    return several;
  }
  const one = file ?? activeDocument()?.uri;
  return one === undefined ? [] : [one];
}

/** Asks the server to run something, after what has to be known or confirmed. */
export class Starts {
  constructor(private readonly commands: ServerCommands) {}

  async files(files: readonly vscode.Uri[], manner: Manner): Promise<void> {
    const uris = files.filter(({ scheme }) => scheme === "file").map(String);
    const selections = await this.ask<Selection>(selectionRequest, { uris });
    if (selections?.length === 0) {
      void vscode.window.showInformationMessage(nothingThere(files));
    }
    await this.runAll(selections?.map((selection) => askFor(selection, manner)) ?? []);
  }

  async tag(): Promise<void> {
    const projects = await this.ask<Tagged>(tagsRequest, {});
    const items = projects?.flatMap((project) =>
      project.tags.map(({ name, models }) => ({
        label: name,
        iconPath: new vscode.ThemeIcon("tag"),
        description: inProject(modelsText(models), project, projects),
        asked: askForTag(project, name),
      })),
    );
    if (items?.length === 0) {
      void vscode.window.showInformationMessage(
        'No model has a tag yet. dbt.config(tags=["nightly"]) in a model gives it one.',
      );
      return;
    }
    const placeHolder = "Run the models with a tag";
    const tag = items && (await vscode.window.showQuickPick(items, { placeHolder }));
    await this.runAll(tag ? [tag.asked] : []);
  }

  async all(): Promise<void> {
    const projects = await this.ask<Tagged>(tagsRequest, {});
    if (projects?.length === 0) {
      void vscode.window.showInformationMessage(
        "No DVT project is open: open a folder that holds a dbt_project.yml.",
      );
    }
    const items = projects?.map((project) => ({
      label: project.project,
      description: project.projectDir,
      asked: askForAll(project),
    }));
    const placeHolder = "Run all models of a project";
    const project =
      items && items.length > 1
        ? await vscode.window.showQuickPick(items, { placeHolder })
        : items?.[0];
    await this.runAll(project ? [project.asked] : []);
  }

  /** A run once more, to the same target. */
  async again(asked: Asked, target: string): Promise<void> {
    await this.runAll([asked], target);
  }

  /** Runs of several projects go on at the same time. */
  private async runAll(all: readonly Asked[], target = ""): Promise<void> {
    if (!(await confirmed(all))) {
      return;
    }
    const place = target === "" ? {} : { target };
    await Promise.all(
      all.map((asked) => this.commands.execute("dvt.run", [{ ...asked, ...place }])),
    );
  }

  /** A question to a server that may run what it names; `undefined` when nothing may be run. */
  private async ask<T>(request: string, params: object): Promise<readonly T[] | undefined> {
    const client = await this.commands.ready("dvt.run");
    try {
      return await client?.sendRequest<readonly T[]>(request, params);
    } catch {
      return undefined; // the server ended meanwhile, which the supervisor tells
    }
  }
}

function nothingThere(files: readonly vscode.Uri[]): string {
  const [file] = files;
  return file === undefined
    ? "Open the model or seed that you want to run, or choose one in the explorer."
    : `${vscode.workspace.asRelativePath(file)} defines no model or seed of a DVT project. ` +
        "Open one, or choose a file or a folder of models in the explorer.";
}

function inProject(text: string, { project }: Tagged, all: readonly Tagged[]): string {
  return all.length > 1 ? `${text} of ${project}` : text;
}

/** A full refresh may lose what only the table still has. */
async function confirmed(all: readonly Asked[]): Promise<boolean> {
  const refreshed = all.filter((asked) => asked.fullRefresh);
  if (refreshed.length === 0) {
    return true;
  }
  const names = refreshed.map((asked) => askedText({ ...asked, fullRefresh: false })).join(", ");
  const run = "Run with Full Refresh";
  const answer = await vscode.window.showWarningMessage(
    `Run ${names} with full refresh?`,
    {
      modal: true,
      detail:
        "Incremental models are built anew from what they read now: rows that only their tables still hold are lost.",
    },
    run,
  );
  return answer === run;
}
