// Installs the packaged extension into a real VS Code workbench and uses it as a user would.
// Prints a line a test, and "N passed, N failed". Pictures: build/screenshots.
// Each entry of `windows` is a window of its own, with the universal package or that of a target. Only some: node test/workbench/run.mjs trusted
// Those that install a Python environment are left to --full.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { debugModels, debugTests } from "./debug.mjs";
import { installWorkbench } from "./install.mjs";
import { fixtureModels, fixtureTests } from "./fixture.mjs";
import { foldersTests } from "./folders.mjs";
import { javaTests, withoutJava } from "./java.mjs";
import { lineageModels, lineageTests } from "./lineage.mjs";
import { previewModels, previewTests } from "./preview.mjs";
import { copyProject } from "./project.mjs";
import { freshMachine, setupTests } from "./setup.mjs";
import { story, storyTests } from "./story.mjs";
import { newSuite } from "./suite.mjs";
import { crashTests, slowStartTests, withClipboard } from "./troubles.mjs";
import { trustedTests } from "./trusted.mjs";
import { runsModels, runsTests } from "./runs.mjs";
import { untrustedTests } from "./untrusted.mjs";
import { withWorkbench } from "./workbench.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const here = `${process.platform}-${process.arch}`;
const screenshots = path.join(root, "build", "screenshots");

/** Makes a package where it is older than what goes in, the universal one without a target; returns its file. */
function packageFor(target) {
  const vsix = path.join(root, "build", `dvt-ls${target === undefined ? "" : `-${target}`}.vsix`);
  const server = path.join(root, "..", "server", "target");
  const sources = [
    "src",
    "web",
    "scripts",
    "images",
    "walkthrough",
    "package.json",
    "README.md",
    "CHANGELOG.md",
  ]
    .map((name) => path.join(root, name))
    .concat(path.join(server, "dvt-ls.jar"), path.join(server, "lib"));
  if (!fs.existsSync(vsix) || newest(sources) > fs.statSync(vsix).mtimeMs) {
    const script = path.join(root, "scripts", "package.mjs");
    const args = ["--no-start", ...(target === undefined ? [] : ["--target", target])];
    execFileSync(process.execPath, [script, ...args], { stdio: "inherit" });
  }
  return vsix;
}

/** The time of the last change in files and folders; a folder changes when a file goes. */
function newest(files) {
  const times = files
    .filter((file) => fs.existsSync(file))
    .map((file) => {
      const stat = fs.statSync(file);
      const within = stat.isDirectory()
        ? fs.readdirSync(file).map((name) => path.join(file, name))
        : [];
      return Math.max(stat.mtimeMs, newest(within));
    });
  return Math.max(0, ...times);
}

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
  withWorkbench({ vscode, folder, name, screenshots, ...options }, (workbench) => {
    editor = workbench.editor;
    return tests({ ...workbench, test, project: copyProject(workbench.data, options.models) });
  });

const windows = [
  { name: "trusted", trust: true, tests: trustedTests },
  { name: "runs", trust: true, tests: runsTests, models: runsModels },
  { name: "untrusted", trust: false, tests: untrustedTests },
  { name: "folders", trust: true, tests: foldersTests },
  { name: "lineage", trust: true, tests: lineageTests, models: lineageModels },
  { name: "debug", trust: true, tests: debugTests, models: debugModels },
  { name: "preview", trust: true, tests: previewTests, models: previewModels },
  { name: "setup", heavy: true, trust: true, ...freshMachine, tests: setupTests },
  { name: "slow", trust: true, tests: slowStartTests },
  { name: "crashes", trust: true, ...withClipboard, tests: crashTests },
  { name: "fixture", trust: true, tests: fixtureTests, models: fixtureModels },
  { name: "java", trust: true, target: here, ...withoutJava, tests: javaTests },
  { name: "story", heavy: true, trust: true, target: here, ...story, tests: storyTests },
];
const wanted = process.argv.slice(2).filter((name) => name !== "--full");
const full = process.argv.includes("--full");
const chosen = windows.filter(({ name, heavy }) =>
  wanted.length === 0 ? full || heavy !== true : wanted.includes(name),
);
const packages = new Map(
  [...new Set(chosen.map(({ target }) => target))].map((target) => [target, packageFor(target)]),
);

try {
  for (const { name, tests, target, ...options } of chosen) {
    console.log(name);
    await inWorkbench(name, { vsix: packages.get(target), ...options }, tests);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
