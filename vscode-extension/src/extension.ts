import * as vscode from "vscode";
import { ServerCommands } from "./commands";
import { looksLikeModel } from "./models";
import { RunBoard } from "./runs/board";
import { LanguageServer } from "./server/languageServer";
import type { ServerState } from "./server/supervisor";
import { traceChannel } from "./server/trace";
import { tellServerFailed } from "./server/trouble";
import { readSettings, type TraceLevel } from "./settings";
import { chooseAction } from "./status/actions";
import { StatusItem } from "./status/item";

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel("DVT", { log: true });
  const traceLevel = new vscode.EventEmitter<TraceLevel>();
  const status = new StatusItem("dvt.showActions");
  let serverState: ServerState = { kind: "starting" };

  const showLog = (): void => {
    channel.show();
  };
  const showStatus = (): void => {
    status.show({
      server: serverState,
      run: board.view,
      trusted: vscode.workspace.isTrusted,
      target: readSettings().target,
    });
  };
  const board: RunBoard = new RunBoard({
    changed: showStatus,
    cancel: (run) => void commands.cancelRun(run),
    showLog,
  });
  const commands: ServerCommands = new ServerCommands(() => server, showLog);
  const server: LanguageServer = new LanguageServer({
    extension: context,
    channel,
    traceChannel: traceChannel(channel, () => readSettings().trace, traceLevel.event),
    executeCommand: (command, args) => commands.execute(command, args),
    created: (client) => {
      board.listenTo(client);
    },
    changed: (state) => {
      serverState = state;
      if (state.kind !== "running") {
        board.forgetAll();
      }
      showStatus();
      if (state.kind === "failed") {
        channel.error(state.reason);
        void tellServerFailed(state, showLog, restart);
      }
    },
  });
  const restart = (): void => void server.start();

  context.subscriptions.push(
    channel,
    traceLevel,
    status,
    board,
    vscode.commands.registerCommand("dvt.runModel", (uri?: vscode.Uri) =>
      commands.runModel(uri, false),
    ),
    vscode.commands.registerCommand("dvt.runModelWithUpstream", (uri?: vscode.Uri) =>
      commands.runModel(uri, true),
    ),
    vscode.commands.registerCommand("dvt.cancelRun", () => commands.cancelRun()),
    vscode.commands.registerCommand("dvt.checkProject", () => commands.checkProject()),
    vscode.commands.registerCommand("dvt.showLog", showLog),
    vscode.commands.registerCommand("dvt.restartServer", restart),
    vscode.commands.registerCommand("dvt.showActions", () => chooseAction(board.view)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("dvt.java.home")) {
        restart();
      }
      if (change.affectsConfiguration("dvt.trace.server")) {
        traceLevel.fire(readSettings().trace);
      }
      showStatus();
    }),
    // The server learns of trust when it starts.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeTextDocument((change) => {
      if (board.view.kind === "finished" && change.contentChanges.length > 0) {
        board.forgetFinished();
      }
      markModelOpen();
    }),
    vscode.window.onDidChangeActiveTextEditor(markModelOpen),
  );
  stop = () => server.stop();
  markModelOpen();
  showStatus();
  restart();
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

/** Sets the condition under which the editor's title shows the run buttons. */
function markModelOpen(): void {
  const document = vscode.window.activeTextEditor?.document;
  const open =
    document?.languageId === "python" &&
    document.uri.scheme === "file" &&
    looksLikeModel(document.getText());
  void vscode.commands.executeCommand("setContext", "dvt.modelOpen", open);
}
