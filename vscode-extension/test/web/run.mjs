// The webviews' pages alone, in Chromium: each *.test.mjs beside this file. Prints a line a test,
// and "N passed, N failed". One file: node test/web/run.mjs lineage
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openBrowser } from "../workbench/editor.mjs";
import { newSuite } from "../workbench/suite.mjs";
import { Pages } from "./pages.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const wanted = process.argv.slice(2);
const files = fs
  .readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => wanted.length === 0 || wanted.includes(name.replace(".test.mjs", "")));

execFileSync(process.execPath, [path.join(root, "scripts", "build.mjs")], { stdio: "inherit" });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dvt-web-"));
const browser = await openBrowser(path.join(folder, "browser"));
const pages = new Pages(browser, path.join(root, "build", "screenshots-web"));
const { test, results } = newSuite({ onFailure: (name) => pages.screenshot(`failed ${name}`) });
try {
  for (const file of files) {
    console.log(file.replace(".test.mjs", ""));
    const { tests } = await import(`./${file}`);
    await tests({ test, pages });
  }
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
