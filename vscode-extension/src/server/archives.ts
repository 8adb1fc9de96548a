import * as fs from "node:fs/promises";
import {
  findArchive,
  makeArchive,
  useOptions,
  type ArchivedServer,
  type ClassArchive,
} from "../java/archive";
import { rehearse } from "../java/rehearse";
import type { Launch } from "./launch";

/** A window that has just opened has better things to do. */
const pauseMillis = 5_000;

export interface ClassArchivesOptions {
  /** Where archives are kept; nobody else writes there. */
  readonly folder: string;
  readonly launch: (server: ArchivedServer, javaOptions: readonly string[]) => Launch;
  readonly info: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Class archives of this window's servers: used when there, made in the background when not. */
export class ClassArchives {
  private inUse: { readonly server: ArchivedServer; readonly archive: ClassArchive } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private making: AbortController | undefined;
  /** A server that ended with an archive gets none again in this window. */
  private readonly distrusted = new Set<string>();

  constructor(private readonly options: ClassArchivesOptions) {}

  /** The command line for a start, with the archive where there is one. */
  async launch(server: ArchivedServer): Promise<Launch> {
    const found = await findArchive(this.options.folder, server);
    const archive = found && this.distrusted.has(found.key) ? undefined : found;
    this.inUse = archive && { server, archive };
    return this.options.launch(server, archive ? useOptions(archive) : []);
  }

  /** The server of the last launch answers: its archive is made when there is none. */
  started(): void {
    clearTimeout(this.timer);
    const { inUse } = this;
    if (inUse?.archive.state === "missing" && this.making === undefined) {
      this.timer = setTimeout(() => void this.make(inUse.server, inUse.archive), pauseMillis);
    }
  }

  /** The server of the last launch ended unasked. */
  async ended(): Promise<void> {
    clearTimeout(this.timer);
    const archive = this.inUse?.archive;
    if (archive && typeof archive.state === "object") {
      this.distrusted.add(archive.key);
      await fs.rm(archive.state.file, { force: true }).catch(() => undefined);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.making?.abort();
  }

  private async make(server: ArchivedServer, archive: ClassArchive): Promise<void> {
    const making = new AbortController();
    this.making = making;
    const began = Date.now();
    try {
      const size = await makeArchive(
        archive,
        (javaOptions) => rehearse(this.options.launch(server, javaOptions), making.signal),
        making.signal,
      );
      const took = ((Date.now() - began) / 1000).toFixed(1);
      this.options.info(
        `Made a class archive of ${(size / 1e6).toFixed(0)} MB in ${took} s: the next start is quicker.`,
      );
    } catch (error) {
      if (!making.signal.aborted) {
        this.options.warn(`No class archive was made, starts stay as they are. ${String(error)}`);
      }
    } finally {
      this.making = undefined;
    }
  }
}
