import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { askJava } from "../../src/java/ask";
import { findJava, javaCandidates, type JavaAnswer, type JavaPlaces } from "../../src/java/locate";
import { javaFoundText, javaMissingText } from "../../src/java/texts";
import { featureRelease, printedVersion, releaseFileVersion } from "../../src/java/version";

const linux: JavaPlaces = {
  setting: "",
  bundled: undefined,
  environment: {},
  platform: "linux",
  homeFolder: "/home/ann",
};

describe("versions", () => {
  test.each([
    ["17.0.15", 17],
    ["17", 17],
    ["1.8.0_392", 8],
    ["26-ea", 26],
    ["11.0.2+9", 11],
    ["", undefined],
    ["unknown", undefined],
  ])("%s is Java %s", (text, release) => {
    expect(featureRelease(text)).toBe(release);
  });

  it("reads a release file", () => {
    const text = 'IMPLEMENTOR="Debian"\nJAVA_RUNTIME_VERSION="99"\nJAVA_VERSION="17.0.15"\n';
    expect(releaseFileVersion(text)).toBe(17);
    expect(releaseFileVersion('IMPLEMENTOR="Debian"\n')).toBeUndefined();
  });

  it("reads what java prints, after other lines too", () => {
    expect(printedVersion('openjdk version "21" 2023-09-19\nOpenJDK ...')).toBe(21);
    expect(printedVersion('Picked up _JAVA_OPTIONS: -Xmx1g\njava version "1.8.0_202"')).toBe(8);
    expect(printedVersion("The operation couldn't be completed.")).toBeUndefined();
  });
});

describe("places", () => {
  const commands = (places: JavaPlaces): string[] =>
    javaCandidates(places).map((candidate) => `${candidate.source} ${candidate.command}`);

  it("looks in JAVA_HOME, then the PATH", () => {
    const environment = { JAVA_HOME: "/opt/jdk", PATH: "/usr/local/bin:/usr/bin" };
    expect(commands({ ...linux, environment })).toEqual([
      "JAVA_HOME /opt/jdk/bin/java",
      "PATH /usr/local/bin/java",
      "PATH /usr/bin/java",
    ]);
  });

  it("takes the extension's own Java before those of the machine", () => {
    const environment = { JAVA_HOME: "/opt/jdk", PATH: "/usr/bin" };
    const bundled = "/home/ann/.vscode/extensions/dvt/java";
    expect(commands({ ...linux, bundled, environment })).toEqual([
      "the extension /home/ann/.vscode/extensions/dvt/java/bin/java",
      "JAVA_HOME /opt/jdk/bin/java",
      "PATH /usr/bin/java",
    ]);
    expect(commands({ ...linux, bundled: "D:\\dvt\\java", platform: "win32" })).toEqual([
      "the extension D:\\dvt\\java\\bin\\java.exe",
    ]);
  });

  it("leaves out folders of the PATH that are relative, which a workspace could fill", () => {
    expect(commands({ ...linux, environment: { PATH: ".::bin:/usr/bin" } })).toEqual([
      "PATH /usr/bin/java",
    ]);
  });

  it("looks nowhere else when the setting names a home", () => {
    const environment = { JAVA_HOME: "/opt/jdk", PATH: "/usr/bin" };
    const bundled = "/ext/java";
    expect(commands({ ...linux, setting: " ~/jdk 21 ", bundled, environment })).toEqual([
      "dvt.java.home /home/ann/jdk 21/bin/java",
    ]);
  });

  it("reads Windows' Path with quotes", () => {
    const environment = { Path: '"C:\\Program Files\\Java\\bin";D:\\bin' };
    expect(commands({ ...linux, platform: "win32", environment })).toEqual([
      "PATH C:\\Program Files\\Java\\bin\\java.exe",
      "PATH D:\\bin\\java.exe",
    ]);
  });
});

describe("search", () => {
  const version = (number: number): JavaAnswer => ({ kind: "version", version: number });
  const answers = (by: Record<string, JavaAnswer>) => (command: string) =>
    Promise.resolve(by[command] ?? { kind: "missing" as const });
  const search = (places: Partial<JavaPlaces>, by: Record<string, JavaAnswer>) =>
    findJava(javaCandidates({ ...linux, ...places }), answers(by));

  it("passes over a Java that is too old, and says so in the log", async () => {
    const found = await search(
      { environment: { JAVA_HOME: "/opt/jdk11", PATH: "/bin:/usr/bin" } },
      { "/opt/jdk11/bin/java": version(11), "/usr/bin/java": version(17) },
    );
    if (found.kind !== "found") {
      throw new Error("expected a Java");
    }
    expect(found).toMatchObject({ command: "/usr/bin/java", source: "PATH", version: 17 });
    expect(javaFoundText(found)).toBe(
      "Java 17 of PATH: /usr/bin/java. Passed over: JAVA_HOME has Java 11 (/opt/jdk11/bin/java).",
    );
  });

  test.each<[string, Partial<JavaPlaces>, Record<string, JavaAnswer>, string]>([
    [
      "nothing at all",
      { environment: { PATH: "/usr/bin" } },
      {},
      "None was found: JAVA_HOME is not set and there is no java on the PATH.",
    ],
    [
      "an old one on the PATH",
      { environment: { PATH: "/usr/bin" } },
      { "/usr/bin/java": version(8) },
      "PATH has Java 8 (/usr/bin/java).",
    ],
    [
      "a JAVA_HOME that is gone",
      { environment: { JAVA_HOME: "/gone", PATH: "/usr/bin" } },
      {},
      "JAVA_HOME has /gone/bin/java, which does not exist.",
    ],
    [
      "a wrong setting, although the PATH has a good one",
      { setting: "/wrong", environment: { PATH: "/usr/bin" } },
      { "/usr/bin/java": version(21) },
      "The setting dvt.java.home names /wrong/bin/java, which does not exist.",
    ],
    [
      "a damaged one of the extension's own",
      { bundled: "/ext/java", environment: { PATH: "/usr/bin" } },
      { "/ext/java/bin/java": { kind: "unusable", reason: "Exec format error" } },
      "The extension has /ext/java/bin/java, which does not start (Exec format error).",
    ],
    [
      "macOS's placeholder",
      { environment: { PATH: "/usr/bin" } },
      { "/usr/bin/java": { kind: "unusable", reason: "Unable to locate a Java Runtime." } },
      "PATH has /usr/bin/java, which does not start (Unable to locate a Java Runtime.).",
    ],
  ])("tells of %s", async (_, places, by, sentence) => {
    const none = await search(places, by);
    if (none.kind !== "none") {
      throw new Error("expected no Java");
    }
    expect(javaMissingText(none)).toBe(
      `DVT needs Java 17 or newer to check and run models. ${sentence}`,
    );
  });
});

describe("asking a program", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "dvt java "));
  });
  afterAll(() => fs.rm(folder, { recursive: true }));

  const home = async (name: string, script: string, release?: string): Promise<string> => {
    const program = path.join(folder, name, "bin", "java");
    await fs.mkdir(path.dirname(program), { recursive: true });
    await fs.writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    if (release !== undefined) {
      await fs.writeFile(path.join(folder, name, "release"), release);
    }
    return program;
  };

  it("reads the release file without starting the program", async () => {
    const touched = path.join(folder, "touched");
    const program = await home("jdk 17", `touch '${touched}'`, 'JAVA_VERSION="17.0.1"\n');
    expect(await askJava(program)).toEqual({ kind: "version", version: 17 });
    await expect(fs.access(touched)).rejects.toThrow();
  });

  it("asks the program where there is no release file", async () => {
    const program = await home("bare", `echo 'openjdk version "21.0.2" 2024-01-16' >&2`);
    expect(await askJava(program)).toEqual({ kind: "version", version: 21 });
  });

  it("follows a link to find the release file", async () => {
    const program = await home("linked", "exit 1", 'JAVA_VERSION="1.8.0_392"\n');
    const link = path.join(folder, "java");
    await fs.symlink(program, link);
    expect(await askJava(link)).toEqual({ kind: "version", version: 8 });
  });

  it("says why a program is of no use", async () => {
    const program = await home(
      "placeholder",
      "echo 'Unable to locate a Java Runtime.' >&2; exit 1",
    );
    expect(await askJava(program)).toEqual({
      kind: "unusable",
      reason: "Unable to locate a Java Runtime.",
    });
    expect(await askJava(path.join(folder, "none"))).toEqual({ kind: "missing" });
  });
});
