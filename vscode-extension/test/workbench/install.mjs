// Installs VS Code's workbench (code-server) into a cache folder outside the tree; quick when it is
// there. Run by itself: node test/workbench/install.mjs
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { cache } from "../../scripts/cache.mjs";

const version = "4.100.3"; // VS Code 1.100, the newest that runs on Node 20
const folder = path.join(cache, `code-server-${version}`);
const vscodeIn = (root) => path.join(root, "node_modules", "code-server", "lib", "vscode");

/** Makes sure that the workbench is installed; returns the folder of VS Code's server. */
export function installWorkbench(say = console.log) {
  const done = path.join(folder, "complete");
  if (fs.existsSync(done)) {
    say(`workbench: code-server ${version} is in ${folder}`);
    return vscodeIn(folder);
  }
  // Beside its place and renamed when whole: an install that was cut off is never taken for one.
  const making = `${folder}.${process.pid}`;
  fs.mkdirSync(making, { recursive: true });
  try {
    const vscode = vscodeIn(making);
    const stages = [
      ["code-server", making, ["install", "--ignore-scripts", `code-server@${version}`]],
      ["VS Code's packages", vscode, ["install", "--omit=dev", "--ignore-scripts"]],
      ["native modules", vscode, ["rebuild", "@vscode/spdlog", "native-watchdog"]],
      [
        "built-in extensions",
        path.join(vscode, "extensions"),
        ["install", "--omit=dev", "--ignore-scripts"],
      ],
    ];
    fs.writeFileSync(path.join(making, "package.json"), '{"private": true}\n');
    for (const [name, cwd, args] of stages) {
      const began = Date.now();
      npm(cwd, args);
      say(`workbench: ${name}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
    }
    fs.writeFileSync(path.join(making, "complete"), `${version}\n`);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(making, folder);
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
  return vscodeIn(folder);
}

function npm(cwd, args) {
  const prefix = path.resolve(path.dirname(process.execPath), "..");
  const headers = fs.existsSync(path.join(prefix, "include", "node", "node.h"));
  try {
    execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd,
      stdio: "pipe",
      // Node's headers of this machine: else node-gyp downloads them.
      env: { ...process.env, ...(headers ? { npm_config_nodedir: prefix } : {}) },
    });
  } catch (error) {
    throw new Error(
      `npm ${args.join(" ")} failed in ${cwd}. The workbench needs npm's registry, a C++ compiler ` +
        `(apt-get install g++ make) and Python 3.\n${error.stderr}`,
      { cause: error },
    );
  }
}

if (process.argv[1] === import.meta.filename) {
  installWorkbench();
}
