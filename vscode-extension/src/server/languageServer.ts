import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { ArchivedServer } from "../java/archive";
import { askJava } from "../java/ask";
import { bundledJava } from "../java/bundled";
import { findJava, javaCandidates } from "../java/locate";
import { javaFoundText, javaMissingText } from "../java/texts";
import { readSettings } from "../settings";
import { ClassArchives } from "./archives";
import { serverJar, serverLaunch } from "./launch";
import { LanguageSession, type SessionOptions } from "./session";
import { CannotStart, Supervisor, type ServerState } from "./supervisor";

export interface LanguageServerOptions extends Pick<
  SessionOptions,
  "channel" | "traceChannel" | "executeCommand" | "settings"
> {
  readonly extension: vscode.ExtensionContext;
  readonly changed: (state: ServerState) => void;
  /** A client is about to start: the place to add handlers. */
  readonly created: (client: LanguageClient) => void;
}

/** The language server: finds Java, starts, and starts again when it crashed. */
export class LanguageServer {
  private readonly supervisor: Supervisor;
  private readonly archives: ClassArchives;
  private opened: LanguageClient | undefined;
  private answering: LanguageClient | undefined;

  constructor(private readonly options: LanguageServerOptions) {
    const { channel, extension } = options;
    this.archives = new ClassArchives({
      folder: vscode.Uri.joinPath(extension.globalStorageUri, "java").fsPath,
      launch: (server, javaOptions) => serverLaunch(server.java, server.jar, javaOptions),
      info: (line) => {
        channel.info(line);
      },
      warn: (line) => {
        channel.warn(line);
      },
    });
    this.supervisor = new Supervisor({
      open: (ended) => this.open(ended),
      changed: (state) => {
        this.answering = state.kind === "running" ? this.opened : undefined;
        if (state.kind === "running") {
          this.archives.started();
        }
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
    this.archives.dispose();
    return this.supervisor.stop();
  }

  private async open(ended: () => void): Promise<LanguageSession> {
    const { extension, channel, traceChannel, executeCommand, settings } = this.options;
    const developing = extension.extensionMode === vscode.ExtensionMode.Development;
    const jar = serverJar(extension.extensionPath, developing);
    await fs.access(jar).catch(() => {
      throw new CannotStart(
        developing
          ? `The DVT language server is not built: ${jar} is missing. Build it with mvn package.`
          : `This installation of the DVT extension is damaged: ${jar} is missing. Install it again.`,
      );
    });
    const launch = await this.archives.launch({ ...(await this.java()), jar });
    channel.info(`Starting ${[launch.command, ...launch.args].join(" ")}`);
    const session = new LanguageSession({
      launch,
      channel,
      traceChannel,
      executeCommand,
      settings,
      ended: () => {
        void this.archives.ended();
        ended();
      },
      trusted: vscode.workspace.isTrusted,
    });
    this.opened = session.client;
    this.options.created(session.client);
    return session;
  }

  private async java(): Promise<Omit<ArchivedServer, "jar">> {
    const candidates = javaCandidates({
      setting: readSettings().javaHome,
      bundled: await bundledJava(this.options.extension.extensionPath, process.platform),
      environment: process.env,
      platform: process.platform,
      homeFolder: os.homedir(),
    });
    const search = await findJava(candidates, askJava);
    if (search.kind === "none") {
      throw new CannotStart(javaMissingText(search), "java");
    }
    this.options.channel.info(javaFoundText(search));
    return { java: search.command, version: search.version };
  }
}
