import type * as vscode from "vscode";

/** A report is to be read: so many lines are enough to see why a server ended. */
const kept = 100;

/** The last lines of a log, which an output channel does not give back. */
export class RecentLines {
  private readonly all: string[] = [];

  get lines(): readonly string[] {
    return this.all;
  }

  add(line: string): void {
    this.all.push(line);
    if (this.all.length > kept) {
      this.all.shift();
    }
  }

  /** The same channel, whose lines are remembered here. */
  of(channel: vscode.LogOutputChannel): vscode.LogOutputChannel {
    const heard: ReadonlySet<string | symbol> = new Set(["info", "warn", "error"]);
    return new Proxy(channel, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") {
          return value;
        }
        return (...args: unknown[]): unknown => {
          if (heard.has(key)) {
            this.add(`[${String(key)}] ${args.map(String).join(" ")}`);
          }
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  }
}
