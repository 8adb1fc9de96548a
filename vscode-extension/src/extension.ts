import * as os from "node:os";
import * as vscode from "vscode";
import { saveModels, ServerCommands } from "./commands";
import { registerDebugging } from "./debug/register";
import { openSite } from "./docs/open";
import { registerFixtures } from "./fixture/register";
import { LineageView } from "./lineage/view";
import { PreviewPanels } from "./preview/panels";
import { chooseTarget } from "./projects/choose";
import { ProjectList } from "./projects/list";
import { effectiveTarget } from "./projects/targets";
import { RunBoard } from "./runs/board";
import { registerRunCommands } from "./runs/commands";
import { runEventMethod, type RunEvent } from "./runs/events";
import { ModelOpen } from "./runs/modelOpen";
import { isUnderWay } from "./runs/state";
import { RunsView } from "./runs/view";
import { LanguageServer } from "./server/languageServer";
import { RecentLines } from "./server/recent";
import { failureReport } from "./server/report";
import type { ServerState } from "./server/supervisor";
import { traceChannel } from "./server/trace";
import { tellServerFailed, tellServerRestarts } from "./server/trouble";
import { readSettings, type TraceLevel } from "./settings";
import { chooseAction } from "./status/actions";
import { SetUp } from "./setup/setUp";
import { StatusItem } from "./status/item";
import { versions } from "./versions";

const settingPauseMillis = 500;

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const recent = new RecentLines();
  const channel = recent.of(vscode.window.createOutputChannel("DVT", { log: true }));
  const traceLevel = new vscode.EventEmitter<TraceLevel>();
  const status = new StatusItem("dvt.showActions");
  let restartSoon: NodeJS.Timeout | undefined;
  let serverState: ServerState = { kind: "starting" };

  const showLog = (): void => {
    channel.show();
  };
  const showStatus = (): void => {
    status.show({
      server: serverState,
      run: board.shown,
      runs: board.runs.filter(isUnderWay).length,
      trusted: vscode.workspace.isTrusted,
      target: effectiveTarget(readSettings(projects.active?.root).target, projects.active),
    });
  };
  const board: RunBoard = new RunBoard({
    memory: context.workspaceState,
    cancel: (run) => void commands.cancelRun(run),
    showLog,
    runsVisible: () => runsView.visible,
  });
  const runsView: RunsView = new RunsView(board);
  const projects: ProjectList = new ProjectList(() => server.running, showStatus);
  const modelOpen = new ModelOpen(() => server.running);
  const commands: ServerCommands = new ServerCommands(
    () => server,
    showLog,
    () => lineage,
    () => previews,
  );
  const previews: PreviewPanels = new PreviewPanels({
    extension: context.extensionUri,
    client: () => server.running,
    saveModels,
    execute: (command, args) => commands.execute(command, args),
  });
  const lineage: LineageView = new LineageView({
    extension: context.extensionUri,
    client: () => server.running,
    execute: (command, args) => commands.execute(command, args),
  });
  const setUp: SetUp = new SetUp({
    context,
    client: () => server.running,
    ready: (command) => commands.ready(command),
  });
  const server: LanguageServer = new LanguageServer({
    extension: context,
    channel,
    traceChannel: traceChannel(channel, () => readSettings().trace, traceLevel.event),
    executeCommand: async (command, args) => {
      const answer = await commands.execute(command, args);
      setUp.executed(command);
      return answer;
    },
    settings: (items, values) => setUp.settings(items, values),
    created: (client) => {
      lineage.listenTo(client);
      // A client has one listener a method.
      client.onNotification(runEventMethod, (event: RunEvent) => {
        board.runEvent(event);
        lineage.runEvent(event);
      });
    },
    changed: (state) => {
      serverState = state;
      if (state.kind === "running") {
        void projects.refresh();
        void lineage.serverRuns();
        void modelOpen.look();
      } else {
        board.serverEnded();
      }
      setUp.serverChanged(state.kind === "running");
      showStatus();
      if (state.kind === "failed") {
        channel.error(state.reason);
        void tellServerFailed(state, showLog, restart, () =>
          failureReport(state.reason, versions(context), recent.lines, os.homedir()),
        );
      } else if (state.kind === "starting" && state.crash !== undefined) {
        void tellServerRestarts(state.crash, showLog);
      }
    },
  });
  const restart = (): void => void server.start();

  context.subscriptions.push(
    channel,
    traceLevel,
    status,
    runsView,
    board,
    board.onDidChange(showStatus),
    modelOpen,
    projects,
    lineage,
    setUp,
    previews,
    ...registerRunCommands(commands, board),
    registerDebugging(commands),
    registerFixtures(commands),
    vscode.commands.registerCommand("dvt.cancelRun", () => commands.cancelRun()),
    vscode.commands.registerCommand("dvt.checkProject", () => commands.checkProject()),
    vscode.commands.registerCommand("dvt.openDocs", () => openSite(projects.active, commands)),
    vscode.commands.registerCommand("dvt.showLog", showLog),
    vscode.commands.registerCommand("dvt.restartServer", restart),
    vscode.commands.registerCommand("dvt.chooseTarget", () => chooseTarget(projects.active)),
    vscode.commands.registerCommand("dvt.showActions", () =>
      chooseAction(board.runs.some(isUnderWay)),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("dvt.java.home")) {
        // A path is typed letter by letter.
        clearTimeout(restartSoon);
        restartSoon = setTimeout(restart, settingPauseMillis);
      }
      if (change.affectsConfiguration("dvt.trace.server")) {
        traceLevel.fire(readSettings().trace);
      }
      showStatus();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      void server.running?.sendNotification("dvt/didChangeTrust", { trusted: true });
      showStatus();
    }),
    vscode.workspace.onDidChangeTextDocument((change) => {
      // The log is a document too.
      if (change.document.uri.scheme === "file" && change.contentChanges.length > 0) {
        board.forgetTold();
      }
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      showStatus();
    }),
    {
      dispose: () => {
        clearTimeout(restartSoon);
      },
    },
  );
  stop = () => server.stop();
  showStatus();
  restart();
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
