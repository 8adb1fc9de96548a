import * as vscode from "vscode";

/** A run that takes longer gets a notification; a quick one would only make it flash. */
const longRunMillis = 2_000;

export interface RunProgressOptions {
  readonly cancel: () => void;
  /** The user sees the progress in another place, where it can be cancelled too. */
  readonly seenElsewhere: () => boolean;
}

/** The notification of one run, with its Cancel button. */
export class RunProgress {
  private message = "starting";
  private progress: vscode.Progress<{ message?: string }> | undefined;
  private close: (() => void) | undefined;
  private readonly opening: NodeJS.Timeout;

  constructor(private readonly options: RunProgressOptions) {
    this.opening = setTimeout(() => {
      if (!options.seenElsewhere()) {
        this.open();
      }
    }, longRunMillis);
  }

  report(message: string): void {
    this.message = message;
    this.progress?.report({ message });
  }

  end(): void {
    clearTimeout(this.opening);
    this.close?.();
  }

  private open(): void {
    const location = vscode.ProgressLocation.Notification;
    const options = { location, title: "DVT", cancellable: true };
    void vscode.window.withProgress(options, (progress, cancelled) => {
      cancelled.onCancellationRequested(this.options.cancel);
      progress.report({ message: this.message });
      this.progress = progress;
      return new Promise<void>((resolve) => {
        this.close = resolve;
      });
    });
  }
}
