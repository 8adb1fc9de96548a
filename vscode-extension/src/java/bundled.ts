import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";

/**
 * Home of the Java runtime that a package for one platform carries; a universal package has none. An
 * unpacker that forgets which files are programs is made up for; where that is not possible, this Java
 * is of no use.
 */
export async function bundledJava(
  extensionFolder: string,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const home = path.join(extensionFolder, "java");
  try {
    await fs.access(path.join(home, "release"));
    if (platform !== "win32") {
      await makeExecutable(path.join(home, "bin", "java"));
      await makeExecutable(path.join(home, "lib", "jspawnhelper")); // starts the server's own processes
    }
    return home;
  } catch {
    return undefined;
  }
}

async function makeExecutable(program: string): Promise<void> {
  try {
    await fs.access(program, constants.X_OK);
  } catch {
    await fs.chmod(program, 0o755);
    await fs.access(program, constants.X_OK);
  }
}
