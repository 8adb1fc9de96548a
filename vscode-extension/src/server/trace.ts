import * as vscode from "vscode";
import type { TraceLevel } from "../settings";

/**
 * A face of the DVT channel for the client library's trace. The library traces only when its
 * channel's log level is Trace, a level that users rarely find; here `dvt.trace.server` decides.
 */
export function traceChannel(
  channel: vscode.LogOutputChannel,
  level: () => TraceLevel,
  levelChanged: vscode.Event<TraceLevel>,
): vscode.LogOutputChannel {
  const logLevel = (of: TraceLevel): vscode.LogLevel =>
    of === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  return {
    name: channel.name,
    get logLevel() {
      return logLevel(level());
    },
    onDidChangeLogLevel: (listener, thisArgs: unknown, disposables) =>
      levelChanged(
        (of) => {
          listener.call(thisArgs, logLevel(of));
        },
        undefined,
        disposables,
      ),
    trace: (message, ...args: unknown[]) => {
      channel.info(message, ...args);
    },
    debug: (message, ...args: unknown[]) => {
      channel.debug(message, ...args);
    },
    info: (message, ...args: unknown[]) => {
      channel.info(message, ...args);
    },
    warn: (message, ...args: unknown[]) => {
      channel.warn(message, ...args);
    },
    error: (error, ...args: unknown[]) => {
      channel.error(error, ...args);
    },
    append: (value) => {
      channel.append(value);
    },
    appendLine: (value) => {
      channel.appendLine(value);
    },
    replace: (value) => {
      channel.replace(value);
    },
    clear: () => {
      channel.clear();
    },
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the interface demands the old overload too
    show: (first?: unknown, preserveFocus?: boolean) => {
      channel.show(typeof first === "boolean" ? first : preserveFocus);
    },
    hide: () => {
      channel.hide();
    },
    dispose: () => undefined, // the channel outlives a server
  };
}
