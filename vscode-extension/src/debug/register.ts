import * as vscode from "vscode";
import { activeDocument } from "../active";
import type { ServerCommands } from "../commands";
import { looksLikeModel } from "./models";
import {
  attachTo,
  debugType,
  launchOf,
  launchOfOpenFile,
  launchProblem,
  type ModelLaunch,
} from "./configuration";
import { ModelSession } from "./session";

const adapterCommand = "dvt.debugAdapter";

/** Debugging of models: a debug type of our own, whose adapter is debugpy's. */
export function registerDebugging(commands: ServerCommands): vscode.Disposable {
  void vscode.commands.executeCommand("setContext", "dvt.active", true);
  return vscode.Disposable.from(
    vscode.commands.registerCommand("dvt.debugModel", (target?: vscode.Uri | { uri?: string }) =>
      debugModel(commands, target),
    ),
    vscode.debug.registerDebugConfigurationProvider(debugType, new LaunchProvider(commands)),
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      { provideDebugConfigurations: () => openModel().map((file) => launchOf(file)) },
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
      createDebugAdapterDescriptor: async (session) => {
        const found = await adapter(commands, session.configuration);
        if (found?.command === undefined) {
          throw new Error(found?.missing ?? "The debugger could not be started.");
        }
        return new vscode.DebugAdapterExecutable(found.command, [...(found.args ?? [])]);
      },
    }),
    vscode.debug.registerDebugAdapterTrackerFactory(debugType, {
      createDebugAdapterTracker: (session) => new ModelSession(session, commands),
    }),
  );
}

/** From the lens, the palette, the editor's title. */
async function debugModel(
  commands: ServerCommands,
  target: vscode.Uri | { uri?: string } | undefined,
): Promise<void> {
  const uri =
    target instanceof vscode.Uri
      ? target
      : target?.uri === undefined
        ? activeDocument()?.uri
        : vscode.Uri.parse(target.uri);
  if (uri?.scheme !== "file" || !uri.fsPath.endsWith(".py")) {
    void vscode.window.showInformationMessage("Open the Python model that you want to debug.");
    return;
  }
  // VS Code would ask for trust by itself, in words about tasks.
  if ((await commands.ready(adapterCommand)) !== undefined) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    await vscode.debug.startDebugging(folder, launchOf(uri.fsPath));
  }
}

class LaunchProvider implements vscode.DebugConfigurationProvider {
  constructor(private readonly commands: ServerCommands) {}

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [launchOfOpenFile];
  }

  /** F5 without a launch.json comes with an empty configuration: the model that is open. */
  resolveDebugConfiguration(
    _: vscode.WorkspaceFolder | undefined,
    config: Partial<vscode.DebugConfiguration>,
  ): vscode.DebugConfiguration {
    const [file] = openModel();
    const given = file === undefined ? {} : launchOf(file);
    return { type: debugType, request: "launch", name: "Debug", ...given, ...config };
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const launch = config as ModelLaunch & vscode.DebugConfiguration;
    const problem = launchProblem(launch);
    if (problem !== undefined) {
      void vscode.window.showInformationMessage(problem);
      return undefined;
    }
    const found = await adapter(this.commands, launch);
    if (found?.missing !== undefined) {
      void this.offerDebugpy(found.missing, launch);
    }
    return found?.command === undefined ? undefined : attachTo(launch);
  }

  private async offerDebugpy(
    missing: string,
    launch: ModelLaunch & vscode.DebugConfiguration,
  ): Promise<void> {
    const install = "Install debugpy";
    if ((await vscode.window.showErrorMessage(missing, install)) !== install) {
      return;
    }
    const argument = { uri: uriOf(launch).toString(), package: "debugpy" };
    if ((await this.commands.execute("dvt.install", [argument])) !== undefined) {
      await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uriOf(launch)), launch);
    }
  }
}

interface Adapter {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly missing?: string;
}

/** Nothing when the server does not answer, or the folder is not trusted: that is shown. */
async function adapter(
  commands: ServerCommands,
  launch: ModelLaunch,
): Promise<Adapter | undefined> {
  const argument = { uri: uriOf(launch).toString() };
  return (await commands.execute(adapterCommand, [argument])) as Adapter | undefined;
}

function uriOf(launch: ModelLaunch): vscode.Uri {
  return vscode.Uri.file(launch.model ?? "");
}

/** The file of the model that the user works on, if it is one. */
function openModel(): string[] {
  const document = activeDocument();
  return document?.languageId === "python" &&
    document.uri.scheme === "file" &&
    looksLikeModel(document.getText())
    ? [document.uri.fsPath]
    : [];
}
