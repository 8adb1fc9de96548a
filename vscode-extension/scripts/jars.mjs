// The server's libraries as a package carries them.
import fs from "node:fs";
import path from "node:path";
import AdmZip from "adm-zip";

const nativePrefix = "libduckdb_java.so_";
const signature = /^META-INF\/[^/]+\.(?:SF|RSA|DSA|EC)$/;

/**
 * Copies server/lib.
 * - Signed jars lose their signature: Java keeps classes of signed jars out of class archives.
 * - With a platform, DuckDB's library for it lies beside its jar, where the driver looks next, and the
 *   other platforms' are left out. A library inside the jar is written to a temporary file at each start.
 *
 * @param {string | undefined} platform in DuckDB's words, such as "linux_amd64"; without one the jar keeps all
 */
export function copyLibraries(from, to, platform) {
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from)) {
    const jar = path.join(from, name);
    const copy = path.join(to, name);
    const zip = new AdmZip(jar);
    const entries = zip.getEntries();
    const natives = entries.filter((entry) => entry.entryName.startsWith(nativePrefix));
    const dropped = entries.filter((entry) => signature.test(entry.entryName));
    if (platform !== undefined && natives.length > 0) {
      const own = natives.find((entry) => entry.entryName === nativePrefix + platform);
      if (own === undefined) {
        throw new Error(`${jar} has no library for ${platform}.`);
      }
      fs.writeFileSync(path.join(to, own.entryName), own.getData());
      dropped.push(...natives);
    }
    if (dropped.length === 0) {
      fs.copyFileSync(jar, copy);
    } else {
      dropped.forEach((entry) => zip.deleteFile(entry));
      fs.writeFileSync(copy, zip.toBuffer());
    }
  }
}

/** The platforms, in DuckDB's words, that the jars of a folder have libraries for. */
export function nativePlatforms(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".jar"))
    .flatMap((name) => new AdmZip(path.join(folder, name)).getEntries())
    .map((entry) => entry.entryName)
    .filter((name) => name.startsWith(nativePrefix))
    .map((name) => name.slice(nativePrefix.length));
}
