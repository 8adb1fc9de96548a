// Starts and ends VS Code's server with folders of its own.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

const startLimitMillis = 60_000;

/** Installs the extension into a fresh server folder. */
export function installExtension(vscode, dataFolder, vsix) {
  execFileSync(
    process.execPath,
    ["out/server-main.js", "--server-data-dir", dataFolder, "--accept-server-license-terms"].concat(
      ["--install-extension", vsix],
    ),
    { cwd: vscode, stdio: "pipe" },
  );
}

/**
 * Starts the server and waits until it answers.
 * @returns {Promise<{port: number, stop: () => Promise<void>}>}
 */
export async function startServer(vscode, dataFolder, { trust, environment = {} }) {
  const port = await freePort();
  const log = fs.openSync(path.join(dataFolder, "server.log"), "a");
  const child = spawn(
    process.execPath,
    [
      "out/server-main.js",
      ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
      ...["--accept-server-license-terms", "--telemetry-level", "off"],
      ...["--server-data-dir", dataFolder],
      ...(trust ? ["--disable-workspace-trust"] : []),
    ],
    {
      cwd: vscode,
      detached: true, // a group of its own, so that extension hosts end with it
      stdio: ["ignore", log, log],
      env: { ...process.env, ...environment },
    },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    try {
      process.kill(-child.pid, "SIGTERM");
    } catch {
      // it has ended by itself
    }
    const force = setTimeout(() => {
      process.kill(-child.pid, "SIGKILL");
    }, 5_000);
    await exited;
    clearTimeout(force);
    fs.closeSync(log);
  };
  const limit = Date.now() + startLimitMillis;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > limit) {
      await stop();
      const text = fs.readFileSync(path.join(dataFolder, "server.log"), "utf8");
      throw new Error(`VS Code's server did not start:\n${text.slice(-2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { port, stop };
}

async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/version`)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
