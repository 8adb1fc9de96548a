import * as vscode from "vscode";
import { runEventMethod, type RunEvent } from "./events";
import { RunProgress } from "./progress";
import { finishedText, runningText } from "./texts";
import { advanceAll, shownRun, type FinishedView, type Runs, type RunView } from "./view";

/** A run that took longer ends with a notification: the user has looked elsewhere meanwhile. */
const noticedSeconds = 5;

export interface EventSource {
  onNotification(method: string, handler: (event: RunEvent) => void): vscode.Disposable;
}

export interface RunBoardOptions {
  readonly changed: () => void;
  readonly cancel: (run: string) => void;
  readonly showLog: () => void;
}

/** Shows what the server tells of runs: progress, and how they ended. Log lines it writes itself. */
export class RunBoard implements vscode.Disposable {
  private runs: Runs = [];
  private readonly progress = new Map<string, RunProgress>();

  constructor(private readonly options: RunBoardOptions) {}

  /** The run to show in the status bar. */
  get view(): RunView {
    return shownRun(this.runs);
  }

  listenTo(source: EventSource): void {
    source.onNotification(runEventMethod, (event) => {
      this.received(event);
    });
  }

  /** Forgets a run that ended: its result says nothing of a text that has changed since. */
  forgetFinished(): void {
    const running = this.runs.filter((run) => run.kind === "running");
    if (running.length < this.runs.length) {
      this.show(running);
    }
  }

  /** Forgets all runs: the server that told of them is gone. */
  forgetAll(): void {
    this.dispose();
    this.show([]);
  }

  dispose(): void {
    this.progress.forEach((progress) => {
      progress.end();
    });
    this.progress.clear();
  }

  private received(event: RunEvent): void {
    this.show(advanceAll(this.runs, event));
    const run = this.runs.find((one) => one.run === event.run);
    if (run?.kind === "running") {
      const progress = this.progress.get(event.run) ?? this.newProgress(event.run);
      progress.report(runningText(run));
    } else if (run?.kind === "finished" && event.event === "runFinished") {
      this.progress.get(event.run)?.end();
      this.progress.delete(event.run);
      void this.tellEnd(run);
    }
  }

  private newProgress(run: string): RunProgress {
    const progress = new RunProgress(() => {
      this.options.cancel(run);
    });
    this.progress.set(run, progress);
    return progress;
  }

  private show(runs: Runs): void {
    this.runs = runs;
    void vscode.commands.executeCommand(
      "setContext",
      "dvt.running",
      runs.some((run) => run.kind === "running"),
    );
    this.options.changed();
  }

  private async tellEnd(view: FinishedView): Promise<void> {
    const showLog = "Show Log";
    const text = finishedText(view);
    let answer: string | undefined;
    if (view.failures.length > 0) {
      answer = await vscode.window.showErrorMessage(text, showLog);
    } else if (!view.cancelled && view.seconds > noticedSeconds) {
      answer = await vscode.window.showInformationMessage(text, showLog);
    }
    if (answer === showLog) {
      this.options.showLog();
    }
  }
}
