// What of the server's libraries goes into which package, and which packages can be made.
import { Buffer } from "node:buffer";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import AdmZip from "adm-zip";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { copyLibraries, nativePlatforms } from "../../scripts/jars.mjs";
import { pinned } from "../../scripts/runtime.mjs";

const platforms = ["linux_amd64", "linux_arm64", "osx_universal", "windows_amd64"];
const native = (platform) => `libduckdb_java.so_${platform}`;

let folder;
let from;
let to;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "dvt jars "));
  [from, to] = [path.join(folder, "lib"), path.join(folder, "packaged", "lib")];
  fs.mkdirSync(from);
  jar("gson.jar", { "com/Gson.class": "gson" });
  jar("signed.jar", {
    "META-INF/MANIFEST.MF": "Manifest-Version: 1.0",
    "META-INF/ECLIPSE_.SF": "digests",
    "META-INF/ECLIPSE_.RSA": "key",
    "META-INF/services/a.SF": "no signature",
    "org/Signed.class": "signed",
  });
  jar("duckdb.jar", {
    "org/DuckDB.class": "duckdb",
    ...Object.fromEntries(platforms.map((platform) => [native(platform), `for ${platform}`])),
  });
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function jar(name, entries) {
  const zip = new AdmZip();
  Object.entries(entries).forEach(([entry, text]) => zip.addFile(entry, Buffer.from(text)));
  zip.writeZip(path.join(from, name));
}

/** The texts in a jar that was copied, by entry. */
function packaged(name) {
  const entries = new AdmZip(path.join(to, name)).getEntries();
  return Object.fromEntries(entries.map((entry) => [entry.entryName, entry.getData().toString()]));
}

describe("libraries in a package", () => {
  it.each(Object.entries(pinned.targets))(
    "for %s have that platform's DuckDB beside its jar, and no other's",
    (_, { duckdb }) => {
      copyLibraries(from, to, duckdb);
      expect(fs.readdirSync(to).sort()).toEqual(
        ["duckdb.jar", "gson.jar", native(duckdb), "signed.jar"].sort(),
      );
      expect(fs.readFileSync(path.join(to, native(duckdb)), "utf8")).toBe(`for ${duckdb}`);
      expect(packaged("duckdb.jar")).toEqual({ "org/DuckDB.class": "duckdb" });
    },
  );

  it("have every platform's DuckDB in the universal one", () => {
    copyLibraries(from, to, undefined);
    expect(fs.readdirSync(to).sort()).toEqual(["duckdb.jar", "gson.jar", "signed.jar"]);
    expect(Object.keys(packaged("duckdb.jar")).sort()).toEqual(
      [...platforms.map(native), "org/DuckDB.class"].sort(),
    );
  });

  it.each([undefined, "linux_amd64"])("are as they were but for signatures (%s)", (platform) => {
    copyLibraries(from, to, platform);
    const bytes = (of) => fs.readFileSync(path.join(of, "gson.jar"));
    expect(bytes(to).equals(bytes(from))).toBe(true);
    expect(packaged("signed.jar")).toEqual({
      "META-INF/MANIFEST.MF": "Manifest-Version: 1.0",
      "META-INF/services/a.SF": "no signature",
      "org/Signed.class": "signed",
    });
  });

  it("are refused for a platform that DuckDB has no library for", () => {
    expect(() => {
      copyLibraries(from, to, "linux_riscv");
    }).toThrow(/duckdb\.jar has no library for linux_riscv\./);
  });

  it("tell for which platforms they are", () => {
    expect(nativePlatforms(from)).toEqual(platforms);
  });
});

describe("the platforms of runtimes.json", () => {
  /** VS Code's name, PyPI's and DuckDB's. */
  const names = {
    "linux-x64": [/^manylinux_.*_x86_64$/, "linux_amd64"],
    "linux-arm64": [/^manylinux_.*_aarch64$/, "linux_arm64"],
    "darwin-x64": [/^macosx_.*_x86_64$/, "osx_universal"],
    "darwin-arm64": [/^macosx_.*_arm64$/, "osx_universal"],
    "win32-x64": [/^win_amd64$/, "windows_amd64"],
  };

  test("are those of the documentation's packages, and those that are known", () => {
    const page = path.resolve(import.meta.dirname, "../../../docs/editors/vscode.md");
    const told = fs.readFileSync(page, "utf8").matchAll(/`--target ([\w-]+)`/g);
    expect([...told].map(([, target]) => target).sort()).toEqual(
      Object.keys(pinned.targets).sort(),
    );
    expect(Object.keys(names).sort()).toEqual(Object.keys(pinned.targets).sort());
  });

  test.each(Object.entries(pinned.targets))(
    "%s has a runtime and a DuckDB of its own kind",
    (target, its) => {
      const [wheel, duckdb] = names[target];
      expect(its.wheel).toMatch(wheel);
      expect(its.duckdb).toBe(duckdb);
      expect(its.sha256).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  test("have no runtime of another", () => {
    const sums = Object.values(pinned.targets).map(({ sha256 }) => sha256);
    expect(new Set(sums).size).toBe(sums.length);
  });
});
