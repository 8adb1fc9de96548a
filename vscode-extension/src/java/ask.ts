import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { JavaAnswer } from "./locate";
import { printedVersion, releaseFileVersion } from "./version";

const answerLimitMillis = 15_000;

/** Finds a Java's version: from its `release` file, which starts nothing, else by asking it. */
export async function askJava(command: string): Promise<JavaAnswer> {
  let program: string;
  try {
    program = await fs.realpath(command);
    if (!(await fs.stat(program)).isFile()) {
      return { kind: "missing" };
    }
  } catch {
    return { kind: "missing" };
  }
  const fromFile = await releaseVersion(path.dirname(path.dirname(program)));
  return fromFile === undefined
    ? await runVersion(command)
    : { kind: "version", version: fromFile };
}

async function releaseVersion(home: string): Promise<number | undefined> {
  try {
    return releaseFileVersion(await fs.readFile(path.join(home, "release"), "utf8"));
  } catch {
    return undefined;
  }
}

function runVersion(command: string): Promise<JavaAnswer> {
  return new Promise((resolve) => {
    execFile(command, ["-version"], { timeout: answerLimitMillis }, (error, stdout, stderr) => {
      const version = printedVersion(`${stderr}\n${stdout}`);
      if (version !== undefined) {
        resolve({ kind: "version", version });
        return;
      }
      const said = (stderr || stdout).trim().split("\n")[0] ?? "";
      resolve({ kind: "unusable", reason: said || (error?.message ?? "it printed no version") });
    });
  });
}
