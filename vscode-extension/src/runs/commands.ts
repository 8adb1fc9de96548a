import * as vscode from "vscode";
import type { ServerCommands } from "../commands";
import { askForFailed, askForModel, type Manner } from "./asking";
import type { RunBoard } from "./board";
import { goTo } from "./places";
import { modelOf, rowOf, runOf } from "./rows";
import { chosen, Starts } from "./starts";
import { isUnderWay, type RunView } from "./state";
import { askedText } from "./texts";

/** The commands that start runs, and those of the view's rows, by their ids. */
export function registerRunCommands(
  commands: ServerCommands,
  board: RunBoard,
): readonly vscode.Disposable[] {
  const starts = new Starts(commands);
  const files =
    (manner: Manner) =>
    (file?: vscode.Uri, more?: unknown): Promise<void> =>
      starts.files(chosen(file, more), manner);
  const newestEnded = (): RunView | undefined => board.runs.findLast((run) => !isUnderWay(run));
  const run =
    (body: (run: RunView) => unknown) =>
    (id?: string): unknown => {
      // The palette names no row.
      const found = id === undefined ? newestEnded() : runOf(board.runs, id);
      return found && body(found);
    };
  const register = vscode.commands.registerCommand;
  return [
    register("dvt.runModel", files({})),
    register("dvt.runModelWithUpstream", files({ upstream: true })),
    register("dvt.runModelWithFullRefresh", files({ fullRefresh: true })),
    register("dvt.runTag", () => starts.tag()),
    register("dvt.runAll", () => starts.all()),
    register(
      "dvt.runs.again",
      run(({ asked, target }) => starts.again(asked, target)),
    ),
    register(
      "dvt.runs.failedAgain",
      run((of) => {
        const asked = askForFailed(of);
        if (asked === undefined) {
          tellNoneFailed(of);
          return undefined;
        }
        return starts.again(asked, of.target);
      }),
    ),
    register("dvt.runs.modelAgain", (id: string) => {
      const [of, model] = [runOf(board.runs, id), modelOf(board.runs, id)];
      return of && model && starts.again(askForModel(of, model.id), of.target);
    }),
    register(
      "dvt.runs.cancel",
      run((of) => commands.cancelRun(of.run)),
    ),
    register("dvt.runs.log", run(openLog)),
    register(
      "dvt.runs.forget",
      run(({ key }) => {
        board.forget(key);
      }),
    ),
    register("dvt.runs.clear", () => {
      board.forget();
    }),
    register("dvt.runs.open", (id: string) => {
      const place = rowOf(board.runs, id, Date.now())?.place;
      // A line is gone to in order to mend it; a file is looked at on the way through the tree.
      return place && goTo(place, place.line === undefined);
    }),
    register("dvt.runs.openModel", (id: string) => {
      const uri = modelOf(board.runs, id)?.file;
      return uri !== undefined && goTo({ uri });
    }),
  ];
}

function tellNoneFailed({ asked }: RunView): void {
  void vscode.window.showInformationMessage(
    `In the last run, ${askedText(asked)}, every model succeeded: there is none to run again.`,
  );
}

/** The file that the run's events were written to. */
async function openLog(run: RunView): Promise<void> {
  if (run.log === undefined) {
    return;
  }
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(run.log));
  } catch {
    void vscode.window.showInformationMessage(
      `The log of this run, ${run.log}, is no longer there: the logs of the last 50 runs are kept.`,
    );
  }
}
