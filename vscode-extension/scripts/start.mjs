// How long a packaged server takes from its start to its answer, without and with a class archive.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");

/** The client's own code, so that what is measured is what users have. */
function client() {
  const outfile = path.join(root, "build", "start", "client.cjs");
  buildSync({
    stdin: {
      contents: `export * from "./src/java/archive"; export * from "./src/java/ask";
        export * from "./src/java/rehearse"; export * from "./src/server/launch";`,
      resolveDir: root,
    },
    ...{ bundle: true, platform: "node", format: "cjs", target: "node20", outfile },
  });
  return createRequire(import.meta.url)(outfile);
}

/**
 * Starts the server in turns with and without an archive of its classes.
 * @returns {Promise<{version: number, plain: number, archived: number, archiveBytes: number}>} medians in ms
 */
export async function startTimes(java, jar, turns = 3) {
  const { askJava, findArchive, makeArchive, rehearse, serverLaunch, useOptions } = client();
  const answer = await askJava(java);
  if (answer.kind !== "version") {
    throw new Error(`${java} does not start: ${answer.reason ?? "it is missing"}`);
  }
  const server = { java, jar, version: answer.version };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dvt-start-"));
  try {
    const { signal } = new AbortController();
    const run = (options) => rehearse(serverLaunch(java, jar, options), signal);
    const archiveBytes = await makeArchive(await findArchive(folder, server), run, signal);
    const options = useOptions(await findArchive(folder, server));
    const plain = [];
    const archived = [];
    for (let turn = 0; turn < turns; turn++) {
      plain.push(await answerTime(serverLaunch(java, jar), folder));
      archived.push(await answerTime(serverLaunch(java, jar, options), folder));
    }
    const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    return {
      version: answer.version,
      plain: median(plain),
      archived: median(archived),
      archiveBytes,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of the process to its answer to `initialize`. */
function answerTime({ command, args }, folder) {
  const params = { processId: process.pid, rootUri: null, capabilities: {} };
  const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    let time;
    child.stdout.once("data", () => {
      time = performance.now() - began;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (time === undefined) {
        reject(new Error(`${command} ended with ${code} before it answered.`));
      } else {
        resolve(time);
      }
    });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
  });
}
