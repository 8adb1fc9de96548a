import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { askJava } from "../java/ask";
import { findJava, javaCandidates } from "../java/locate";
import { javaFoundText, javaMissingText } from "../java/texts";
import { readSettings } from "../settings";
import { serverJar, serverLaunch } from "./launch";
import { LanguageSession, type SessionOptions } from "./session";
import { CannotStart, Supervisor, type ServerState } from "./supervisor";

export interface LanguageServerOptions extends Pick<
  SessionOptions,
  "channel" | "traceChannel" | "executeCommand"
> {
  readonly extension: vscode.ExtensionContext;
  readonly changed: (state: ServerState) => void;
  /** A client is about to start: the place to add handlers. */
  readonly created: (client: LanguageClient) => void;
}

/** The language server: finds Java, starts, and starts again when it crashed. */
export class LanguageServer {
  private readonly supervisor: Supervisor;
  private opened: LanguageClient | undefined;
  private answering: LanguageClient | undefined;

  constructor(private readonly options: LanguageServerOptions) {
    this.supervisor = new Supervisor({
      open: (ended) => this.open(ended),
      changed: (state) => {
        this.answering = state.kind === "running" ? this.opened : undefined;
        options.changed(state);
      },
      log: (line) => {
        options.channel.error(line);
      },
      now: () => Date.now(),
    });
  }

  /** The client while the server answers. */
  get running(): LanguageClient | undefined {
    return this.answering;
  }

  start(): Promise<void> {
    return this.supervisor.start();
  }

  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  private async open(ended: () => void): Promise<LanguageSession> {
    const { extension, channel, traceChannel, executeCommand } = this.options;
    const developing = extension.extensionMode === vscode.ExtensionMode.Development;
    const jar = serverJar(extension.extensionPath, developing);
    await fs.access(jar).catch(() => {
      throw new CannotStart(
        developing
          ? `The DVT language server is not built: ${jar} is missing. Build it with mvn package.`
          : `This installation of the DVT extension is damaged: ${jar} is missing. Install it again.`,
      );
    });
    const launch = serverLaunch(await this.java(), jar);
    channel.info(`Starting ${[launch.command, ...launch.args].join(" ")}`);
    const session = new LanguageSession({
      launch,
      channel,
      traceChannel,
      executeCommand,
      ended,
      trusted: vscode.workspace.isTrusted,
    });
    this.opened = session.client;
    this.options.created(session.client);
    return session;
  }

  private async java(): Promise<string> {
    const candidates = javaCandidates({
      setting: readSettings().javaHome,
      environment: process.env,
      platform: process.platform,
      homeFolder: os.homedir(),
    });
    const search = await findJava(candidates, askJava);
    if (search.kind === "none") {
      throw new CannotStart(javaMissingText(search), "java");
    }
    this.options.channel.info(javaFoundText(search));
    return search.command;
  }
}
