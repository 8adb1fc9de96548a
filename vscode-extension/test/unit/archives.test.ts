import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findArchive, makeArchive, type ArchivedServer } from "../../src/java/archive";
import { ClassArchives } from "../../src/server/archives";

let folder: string;
let server: ArchivedServer;
let archives: ClassArchives;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "dvt-archives-"));
  for (const name of ["jdk/bin/java", "jdk/lib/modules", "server/dvt-ls.jar", "server/lib/a.jar"]) {
    await fs.mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await fs.writeFile(path.join(folder, name), name);
  }
  server = {
    java: path.join(folder, "jdk/bin/java"),
    version: 25,
    jar: path.join(folder, "server/dvt-ls.jar"),
  };
  archives = new ClassArchives({
    folder: path.join(folder, "storage"),
    launch: ({ java }, args) => ({ command: java, args }),
    info: () => undefined,
    warn: () => undefined,
  });
});
afterEach(async () => {
  archives.dispose();
  await fs.rm(folder, { recursive: true });
});

const makeOne = async (): Promise<void> => {
  const archive = await findArchive(path.join(folder, "storage"), server);
  if (archive === undefined) {
    throw new Error("expected a place for an archive");
  }
  const writes = (options: readonly string[]) =>
    fs.writeFile(options.at(-1)?.replace("-XX:AOTCacheOutput=", "") ?? "", "classes");
  await makeArchive(archive, writes, new AbortController().signal);
};

it("starts without an archive, then with it", async () => {
  expect((await archives.launch(server)).args).toEqual([]);
  await makeOne();
  expect((await archives.launch(server)).args[0]).toMatch(/^-XX:AOTCache=.*\.7\.aot$/);
});

it("takes the archive away from a server that ended with it, and gives none again", async () => {
  await makeOne();
  await archives.launch(server);
  await archives.ended();
  expect(await fs.readdir(path.join(folder, "storage"))).toEqual([]);
  await makeOne();
  expect((await archives.launch(server)).args).toEqual([]);
});

it("leaves the archive where a server ended that had none", async () => {
  await archives.launch(server);
  await makeOne();
  await archives.ended();
  expect((await archives.launch(server)).args).not.toEqual([]);
});
