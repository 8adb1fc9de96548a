import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findArchive,
  makeArchive,
  useOptions,
  type ArchivedServer,
  type ClassArchive,
} from "../../src/java/archive";
import { bundledJava } from "../../src/java/bundled";

let folder: string;
let archives: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "dvt archive "));
  archives = path.join(folder, "storage", "java");
});
afterEach(() => fs.rm(folder, { recursive: true }));

const write = async (name: string, text: string, mode = 0o644): Promise<string> => {
  const file = path.join(folder, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text, { mode });
  return file;
};

const server = async (version: number): Promise<ArchivedServer> => {
  await write("jdk/lib/modules", "modules");
  await write("server/lib/gson.jar", "gson");
  return {
    java: await write("jdk/bin/java", "", 0o755),
    jar: await write("server/dvt-ls.jar", "jar"),
    version,
  };
};

const find = async (of: ArchivedServer): Promise<ClassArchive> => {
  const archive = await findArchive(archives, of);
  if (archive === undefined) {
    throw new Error("expected a place for an archive");
  }
  return archive;
};

/** Stands in for Java: writes the archive that the options name. */
const writes = (text: string) => async (options: readonly string[]) => {
  const option = options.find((each) => /AOTCacheOutput|ArchiveClassesAtExit/.test(each)) ?? "";
  await fs.writeFile(option.slice(option.indexOf("=") + 1), text);
};
const going = new AbortController().signal;

describe("class archives", () => {
  it("is used from the start after the one that lacked it", async () => {
    const of = await server(25);
    const missing = await find(of);
    expect(missing.state).toBe("missing");
    expect(useOptions(missing)).toEqual([]);
    expect(await makeArchive(missing, writes("classes"), going)).toBe(7);
    const file = path.join(archives, `${missing.key}.7.aot`);
    expect(useOptions(await find(of))).toEqual([`-XX:AOTCache=${file}`, "-XX:+VerifySharedSpaces"]);
  });

  it("is of the older kind for an older Java", async () => {
    const of = await server(17);
    const missing = await find(of);
    await makeArchive(missing, writes("classes"), going);
    const file = path.join(archives, `${missing.key}.7.jsa`);
    expect(useOptions(await find(of))).toContain(`-XX:SharedArchiveFile=${file}`);
  });

  it.each(["jdk/lib/modules", "server/dvt-ls.jar", "server/lib/gson.jar"])(
    "is made anew when %s changes",
    async (changed) => {
      const of = await server(25);
      await makeArchive(await find(of), writes("classes"), going);
      await write(changed, "another");
      expect((await find(of)).state).toBe("missing");
    },
  );

  it("is not used when it was cut off", async () => {
    const of = await server(25);
    const { key } = await find(of);
    await makeArchive(await find(of), writes("classes"), going);
    await fs.truncate(path.join(archives, `${key}.7.aot`), 3);
    expect((await find(of)).state).toBe("missing");
  });

  it("is not tried again when making it failed, but when it was only stopped", async () => {
    const of = await server(25);
    const fails = () => Promise.reject(new Error("no room"));
    await expect(makeArchive(await find(of), fails, AbortSignal.abort())).rejects.toThrow();
    expect((await find(of)).state).toBe("missing");
    await expect(makeArchive(await find(of), fails, going)).rejects.toThrow("no room");
    expect((await find(of)).state).toBe("failed");
  });

  it("fails when Java ends well and leaves none", async () => {
    const of = await server(25);
    await expect(makeArchive(await find(of), () => Promise.resolve(), going)).rejects.toThrow();
    expect((await find(of)).state).toBe("failed");
  });

  it("leaves three behind, the newest", async () => {
    const of = await server(25);
    for (const text of ["1", "22", "333", "4444", "55555"]) {
      await write("server/dvt-ls.jar", text);
      await makeArchive(await find(of), writes(text), going);
      const { state } = await find(of);
      const time = new Date(Date.UTC(2026, 0, text.length));
      await fs.utimes((state as { file: string }).file, time, time);
    }
    const sizes = (await fs.readdir(archives)).map((name) => name.split(".")[1]).sort();
    expect(sizes).toEqual(["3", "4", "5"]);
  });

  it("has no place for a script that starts some Java", async () => {
    const of = await server(25);
    await fs.rm(path.join(folder, "jdk", "lib"), { recursive: true });
    expect(await findArchive(archives, of)).toBeUndefined();
  });
});

describe("the extension's own Java", () => {
  it("is not there in a universal package", async () => {
    expect(await bundledJava(folder, "linux")).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")(
    "can be run after an unpacker forgot what is a program",
    async () => {
      await write("java/release", 'JAVA_VERSION="25.0.2"\n');
      const programs = await Promise.all([
        write("java/bin/java", ""),
        write("java/lib/jspawnhelper", ""),
      ]);
      expect(await bundledJava(folder, "linux")).toBe(path.join(folder, "java"));
      for (const program of programs) {
        expect((await fs.stat(program)).mode & 0o777).toBe(0o755);
      }
    },
  );

  it("is passed over when its program is missing", async () => {
    await write("java/release", 'JAVA_VERSION="25.0.2"\n');
    expect(await bundledJava(folder, "linux")).toBeUndefined();
  });
});
