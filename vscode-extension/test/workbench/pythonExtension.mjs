// A stand-in of the Python extension, which cannot be had here: its API, and a command that chooses another.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const vsce = path.resolve(
  import.meta.dirname,
  ...["..", "..", "node_modules", "@vscode", "vsce", "vsce"],
);

const manifest = {
  name: "python",
  publisher: "ms-python",
  displayName: "Python (stand-in)",
  version: "1.0.0",
  engines: { vscode: "^1.91.0" },
  main: "./main.js",
  contributes: { commands: [{ command: "standIn.choose", title: "Stand-in: Choose Environment" }] },
};

/** As the real one: `python` where nothing is chosen. */
const main = `const fs = require("node:fs");
const vscode = require("vscode");
exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  let chosen = "python";
  context.subscriptions.push(changed, vscode.commands.registerCommand("standIn.choose", async () => {
    chosen = (await vscode.window.showInputBox({ prompt: "Environment" })) || "python";
    changed.fire({ id: chosen, path: chosen, resource: undefined });
  }));
  return { environments: {
    getActiveEnvironmentPath: () => ({ id: chosen, path: chosen }),
    onDidChangeActiveEnvironmentPath: changed.event,
  } };
};
`;

/** Makes its package; returns the file. */
export function pythonExtension(folder) {
  const stage = path.join(folder, "stand-in");
  const vsix = path.join(folder, "stand-in.vsix");
  fs.mkdirSync(stage, { recursive: true });
  fs.writeFileSync(path.join(stage, "package.json"), JSON.stringify(manifest));
  fs.writeFileSync(path.join(stage, "main.js"), main);
  fs.writeFileSync(path.join(stage, ".vscodeignore"), "");
  const options = ["--no-dependencies", "--skip-license", "--allow-missing-repository"];
  execFileSync(process.execPath, [vsce, "package", ...options, "--out", vsix], {
    cwd: stage,
    stdio: ["ignore", "ignore", "pipe"],
  });
  return vsix;
}
