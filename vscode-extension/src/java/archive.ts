import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";

/** From here on Java keeps linked classes and profiles too (JEP 483, 515), and needs no archive of its own first. */
const firstAheadOfTime = 25;
/** Archives that are kept: another window may run with another Java. */
const kept = 3;
const abandonedMillis = 60 * 60_000;

/** A server as an archive of its classes sees it. */
export interface ArchivedServer {
  /** The program that runs it. */
  readonly java: string;
  readonly version: number;
  readonly jar: string;
}

/** The archive of a server. Its files are named by what it is made of: another Java or jar has others. */
export interface ClassArchive {
  readonly folder: string;
  readonly key: string;
  readonly kind: "aot" | "jsa";
  /** The archive, when it is there; `failed` when making it did. */
  readonly state: { readonly file: string } | "missing" | "failed";
}

/** Looks for the archive of a server; nothing for a Java that is not laid out as usual. */
export async function findArchive(
  folder: string,
  server: ArchivedServer,
): Promise<ClassArchive | undefined> {
  const key = await archiveKey(server);
  if (key === undefined) {
    return undefined;
  }
  const names = (await readFolder(folder)).filter((name) => name.startsWith(`${key}.`));
  const whole = await Promise.all(names.map((name) => isWhole(path.join(folder, name))));
  const name = names.find((_, at) => whole[at]);
  const kind = server.version >= firstAheadOfTime ? "aot" : "jsa";
  if (name !== undefined) {
    return { folder, key, kind, state: { file: path.join(folder, name) } };
  }
  return { folder, key, kind, state: names.includes(`${key}.failed`) ? "failed" : "missing" };
}

/**
 * Java's options for a start with the archive. One that does not fit it ignores by itself; a spoiled one
 * would end it, hence the checksum, which Java leaves out by default.
 */
export function useOptions(archive: ClassArchive): readonly string[] {
  if (typeof archive.state === "string") {
    return [];
  }
  const { file } = archive.state;
  return archive.kind === "aot"
    ? [`-XX:AOTCache=${file}`, "-XX:+VerifySharedSpaces"]
    : [`-XX:SharedArchiveFile=${file}`, "-Xshare:auto", "-XX:+VerifySharedSpaces"];
}

/**
 * Makes the archive: a server is run with options of Java's, and what it loaded is written when it ends.
 * A failure is noted in a file, so that it is not tried at each start; being aborted is none.
 *
 * @returns the archive's size in bytes
 */
export async function makeArchive(
  { folder, key, kind }: ClassArchive,
  runServer: (javaOptions: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const making = path.join(folder, `${key}.${process.pid}.tmp`);
  await fs.mkdir(folder, { recursive: true });
  try {
    await runServer([
      // Java warns of each class that it leaves out.
      ...["-Xlog:disable", "-Xlog:all=error:stderr"],
      kind === "aot" ? `-XX:AOTCacheOutput=${making}` : `-XX:ArchiveClassesAtExit=${making}`,
    ]);
    const { size } = await fs.stat(making);
    // Renamed when whole, and with its size: one that was cut off is never taken for an archive.
    await fs.rename(making, path.join(folder, `${key}.${size}.${kind}`));
    await prune(folder);
    return size;
  } catch (error) {
    if (!signal.aborted) {
      await fs.writeFile(path.join(folder, `${key}.failed`), `${String(error)}\n`);
    }
    throw error;
  } finally {
    await fs.rm(making, { force: true });
  }
}

async function archiveKey(server: ArchivedServer): Promise<string | undefined> {
  try {
    const home = path.dirname(path.dirname(await fs.realpath(server.java)));
    const lib = path.join(path.dirname(server.jar), "lib");
    const jars = (await fs.readdir(lib)).sort().map((name) => path.join(lib, name));
    const files = [path.join(home, "lib", "modules"), server.jar, ...jars];
    const facts = await Promise.all(
      files.map(async (file) => {
        const { size, mtimeMs } = await fs.stat(file);
        return [file, size, mtimeMs];
      }),
    );
    return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
  } catch {
    return undefined; // a script in Java's place may start another one tomorrow
  }
}

/** Whether a file's size is the one in its name, `key.size.kind`. */
async function isWhole(file: string): Promise<boolean> {
  const named = /\.(\d+)\.(?:aot|jsa)$/.exec(file)?.[1];
  return named !== undefined && (await fs.stat(file)).size === Number(named);
}

/** Removes archives of earlier jars and Javas, and what a window that was ended left half made. */
async function prune(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readFolder(folder)).map(async (name) => {
      const file = path.join(folder, name);
      return { file, time: (await fs.stat(file)).mtimeMs };
    }),
  );
  const half = files.filter(({ file }) => file.includes(".tmp"));
  const whole = files.filter(({ file }) => !file.includes(".tmp"));
  const old = whole.sort((a, b) => b.time - a.time).slice(kept);
  const abandoned = half.filter(({ time }) => Date.now() - time > abandonedMillis);
  // Windows keeps an archive that a server uses: the next time will do.
  await Promise.all([...old, ...abandoned].map(({ file }) => fs.rm(file).catch(() => undefined)));
}

/** The names in a folder, none when it is not there. */
async function readFolder(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch(() => []);
}
