// Installs the packaged extension into a real VS Code workbench and uses it as a user would.
// Prints a line a test, and "N passed, N failed". Pictures: build/screenshots.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installWorkbench } from "./install.mjs";
import { copyProject } from "./project.mjs";
import { newSuite } from "./suite.mjs";
import { trustedTests } from "./trusted.mjs";
import { untrustedTests } from "./untrusted.mjs";
import { withWorkbench } from "./workbench.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const vsix = path.join(root, "build", "dvt-ls.vsix");
const screenshots = path.join(root, "build", "screenshots");

execFileSync(process.execPath, [path.join(root, "scripts", "package.mjs")], { stdio: "inherit" });
const vscode = installWorkbench();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dvt-workbench-"));
fs.rmSync(screenshots, { recursive: true, force: true });

let editor;
const { test, results } = newSuite({
  onFailure: async (name) => {
    await editor?.screenshot(`failed ${name.replaceAll(/\W+/g, " ").trim()}`);
    await editor?.rest();
  },
});

const inWorkbench = (name, options, tests) =>
  withWorkbench({ vscode, vsix, folder, name, screenshots, ...options }, (workbench) => {
    editor = workbench.editor;
    return tests({ ...workbench, test, project: copyProject(workbench.data) });
  });

try {
  console.log("a trusted workspace");
  await inWorkbench("trusted", { trust: true }, trustedTests);
  console.log("a workspace that is not trusted");
  await inWorkbench("untrusted", { trust: false }, untrustedTests);
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
