import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  type ConfigurationItem,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import type { Launch } from "./launch";
import type { Session } from "./supervisor";

export interface SessionOptions {
  readonly launch: Launch;
  readonly channel: vscode.LogOutputChannel;
  readonly traceChannel: vscode.LogOutputChannel;
  readonly trusted: boolean;
  /** The server went away without having been asked. */
  readonly ended: () => void;
  /** Runs a server's command that a code lens or a code action names. */
  readonly executeCommand: (command: string, args: unknown[]) => Promise<unknown>;
  /** What the server is told of settings that it asks for. */
  readonly settings: (items: readonly ConfigurationItem[], values: readonly unknown[]) => unknown[];
}

/** The supervisor tells of a server that ends; the library's own words would stand beside. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** One server process and the client that talks to it. */
export class LanguageSession implements Session {
  readonly client: LanguageClient;

  constructor(options: SessionOptions) {
    const { launch } = options;
    this.client = new QuietClient(
      "dvt",
      "DVT",
      { command: launch.command, args: [...launch.args] },
      clientOptions(options),
    );
  }

  start(): Promise<void> {
    return this.client.start();
  }

  async stop(): Promise<void> {
    if (this.client.needsStop()) {
      await this.client.dispose();
    }
  }
}

function clientOptions(options: SessionOptions): LanguageClientOptions {
  return {
    documentSelector: [
      { scheme: "file", language: "python" },
      { scheme: "file", pattern: "**/*.{sql,yml,yaml}" },
      { scheme: "file", pattern: "**/{dvt,pyproject}.toml" },
    ],
    outputChannel: options.channel,
    traceOutputChannel: options.traceChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { trusted: options.trusted },
    // The supervisor starts the server again and tells the user; the library only logs.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        // After the library has put the closed connection away: stopping it twice is an error.
        setImmediate(options.ended);
        const message = "The connection to the language server closed.";
        return { action: CloseAction.DoNotRestart, handled: true, message };
      },
    },
    middleware: {
      executeCommand: (command, args: unknown[]) => options.executeCommand(command, args),
      workspace: {
        configuration: async (params, token, next) => {
          const values: unknown = await next(params, token);
          return Array.isArray(values) ? options.settings(params.items, values) : [];
        },
      },
    },
  };
}
