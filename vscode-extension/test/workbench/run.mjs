// Installs the packaged extension into a real VS Code workbench and uses it as a user would.
// Prints a line a test, and "N passed, N failed". Pictures: build/screenshots.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Editor, openBrowser } from "./editor.mjs";
import { installWorkbench } from "./install.mjs";
import { copyProject } from "./project.mjs";
import { installExtension, startServer } from "./server.mjs";
import { newSuite } from "./suite.mjs";
import { trustedTests } from "./trusted.mjs";
import { untrustedTests } from "./untrusted.mjs";

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

/** A fresh server and a fresh browser for some tests. */
async function inWorkbench(name, options, tests) {
  const data = path.join(folder, name);
  fs.mkdirSync(path.join(data, "data", "Machine"), { recursive: true });
  fs.writeFileSync(
    path.join(data, "data", "Machine", "settings.json"),
    JSON.stringify(options.settings ?? {}),
  );
  installExtension(vscode, data, vsix);
  const server = await startServer(vscode, data, options);
  const browser = await openBrowser(path.join(folder, `${name}-browser`));
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    editor = new Editor(page, screenshots);
    await tests({ editor, test, port: server.port, project: copyProject(data), data });
  } finally {
    await browser.close();
    await server.stop();
  }
}

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
