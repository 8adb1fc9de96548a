import * as vscode from "vscode";
import { advance, breakOff } from "./advance";
import type { RunEvent } from "./events";
import { bounded, historyKey, recalled, remembered } from "./history";
import { noticeOf, type Notice } from "./notices";
import { RunProgress } from "./progress";
import { goTo } from "./places";
import { isUnderWay, shownRun, type Runs, type RunView } from "./state";
import { runningText } from "./texts";

export interface RunBoardOptions {
  readonly memory: vscode.Memento;
  readonly cancel: (run: string) => void;
  readonly showLog: () => void;
  readonly runsVisible: () => boolean;
}

/** The runs of this window, from the server's events: everything that shows runs reads them here. */
export class RunBoard implements vscode.Disposable {
  private known: Runs;
  /** The run whose end the status bar still shows. */
  private told: string | undefined;
  private readonly progress = new Map<string, RunProgress>();
  private readonly conditions = new Map<string, boolean>();
  private readonly changes = new vscode.EventEmitter<void>();

  /** Fires after every change of `runs` and of `shown`. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly options: RunBoardOptions) {
    this.known = recalled(options.memory.get(historyKey));
    this.tellConditions();
  }

  get runs(): Runs {
    return this.known;
  }

  /** The run to show in the status bar. */
  get shown(): RunView | undefined {
    return shownRun(this.known, this.told);
  }

  runEvent(event: RunEvent): void {
    const next = advance(this.known, event, Date.now());
    const run = next.findLast((one) => one.run === event.run);
    if (run === undefined || next === this.known) {
      return;
    }
    const ended = !isUnderWay(run);
    if (ended) {
      this.told = run.key;
    }
    this.become(bounded(next));
    if (ended) {
      this.progress.get(run.run)?.end();
      this.progress.delete(run.run);
      void this.tell(noticeOf(run, this.attention()));
    } else {
      const progress = this.progress.get(run.run) ?? this.newProgress(run.run);
      progress.report(runningText(run));
    }
    if (ended || event.event === "runStarted") {
      this.remember();
    }
  }

  /** The status bar forgets a run that ended: it says nothing of a text that has changed since. */
  forgetTold(): void {
    if (this.told !== undefined) {
      this.told = undefined;
      this.changes.fire();
    }
  }

  /** The server that told of runs is gone. */
  serverEnded(): void {
    this.endProgress();
    this.become(breakOff(this.known, "The language server ended."));
  }

  /** Forgets one run that has ended, or all of them. */
  forget(key?: string): void {
    this.become(
      this.known.filter((run) => isUnderWay(run) || (key !== undefined && run.key !== key)),
    );
    this.remember();
  }

  dispose(): void {
    this.endProgress();
    this.changes.dispose();
  }

  private endProgress(): void {
    this.progress.forEach((progress) => {
      progress.end();
    });
    this.progress.clear();
  }

  private newProgress(run: string): RunProgress {
    const progress = new RunProgress({
      cancel: () => {
        this.options.cancel(run);
      },
      seenElsewhere: this.options.runsVisible,
    });
    this.progress.set(run, progress);
    return progress;
  }

  private become(runs: Runs): void {
    this.known = runs;
    this.tellConditions();
    this.changes.fire();
  }

  /** What menus ask for. */
  private tellConditions(): void {
    const now = {
      "dvt.running": this.known.some(isUnderWay),
      "dvt.runsKnown": this.known.length > 0,
    };
    for (const [key, value] of Object.entries(now)) {
      if (this.conditions.get(key) !== value) {
        this.conditions.set(key, value);
        void vscode.commands.executeCommand("setContext", key, value);
      }
    }
  }

  private remember(): void {
    void this.options.memory.update(historyKey, remembered(this.known));
  }

  private attention() {
    return {
      focused: vscode.window.state.focused,
      runsVisible: this.options.runsVisible(),
      files: vscode.window.visibleTextEditors.map((editor) => editor.document.uri.toString()),
    };
  }

  private async tell(notice: Notice | undefined): Promise<void> {
    if (notice === undefined) {
      return;
    }
    const goToLine = "Go to Line";
    const showLog = "Show Log";
    const showRuns = "Show Runs";
    const first = notice.place === undefined ? showRuns : goToLine;
    const answer = notice.failed
      ? await vscode.window.showErrorMessage(notice.text, first, showLog)
      : await vscode.window.showInformationMessage(notice.text, first, showLog);
    if (answer === showLog) {
      this.options.showLog();
    } else if (answer === showRuns) {
      await vscode.commands.executeCommand("dvt.runs.focus");
    } else if (answer === goToLine && notice.place !== undefined) {
      await goTo(notice.place);
    }
  }
}
