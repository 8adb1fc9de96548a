// Installs the packaged extension into a real VS Code workbench and uses it as a user would.
// Prints a line a test, and "N passed, N failed". Pictures: build/screenshots.
// Each entry of `windows` is a window of its own. Only some: node test/workbench/run.mjs trusted
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installWorkbench } from "./install.mjs";
import { lineageModels, lineageTests } from "./lineage.mjs";
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
    return tests({ ...workbench, test, project: copyProject(workbench.data, options.models) });
  });

const windows = [
  { name: "trusted", trust: true, tests: trustedTests },
  { name: "untrusted", trust: false, tests: untrustedTests },
  { name: "lineage", trust: true, tests: lineageTests, models: lineageModels },
];
const wanted = process.argv.slice(2);

try {
  for (const { name, tests, ...options } of windows) {
    if (wanted.length === 0 || wanted.includes(name)) {
      console.log(name);
      await inWorkbench(name, options, tests);
    }
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
