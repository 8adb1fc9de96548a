// Takes the README's pictures in a real VS Code workbench, into docs/images: npm run pictures,
// which has the story take its own before.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { cache } from "../../scripts/cache.mjs";
import { installWorkbench } from "./install.mjs";
import { copyProject } from "./project.mjs";
import { scenes } from "./scenes.mjs";
import { withWorkbench } from "./workbench.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const vsix = path.join(root, "build", "dvt-ls.vsix");
const screenshots = path.join(root, "build", "screenshots");
const images = path.resolve(root, "..", "docs", "images");

const ofTheStory = {
  editor: "story-1-problem",
  names: "story-2-names",
  preview: "story-3-preview",
  runs: "story-4-run",
  lineage: "story-5-lineage",
  debug: "story-6-breakpoint",
};

// What ./test installs; where a variable says otherwise, there.
const environment = {
  DVT_TOOLS_DIR: process.env.DVT_TOOLS_DIR ?? path.join(cache, "tools"),
  DVT_VENV: process.env.DVT_VENV ?? path.join(cache, "venv"),
};
const settings = {
  "breadcrumbs.symbolPath": "off", // follows the cursor late
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "editor.lightbulb.enabled": "off",
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "files.autoSave": "off", // a picture leaves no text behind
  "workbench.tips.enabled": false,
};

const models = {
  "monthly_spend.py": `"""What customers of each country spent, by month."""


def model(dbt, session):
    dbt.config(materialized="table", tags=["report"])

    orders = dbt.ref("stg_orders")
    customers = dbt.ref("stg_customers")

    return session.sql("""
        select o.month, c.country, sum(o.amount) as amount
          from __model__stg_orders as o
          join __model__stg_customers as c on c.customer_id = o.customer_id
         group by all
    """).df()
`,
};

/** Runs the two models that the pictures look at, so that columns and rows are known. */
function runModels(project) {
  const jar = path.resolve(root, "..", "server", "target", "dvt-ls.jar");
  const run = ["run", "--project-dir", project, "--select", "stg_orders", "stg_customers"];
  execFileSync("java", ["-jar", jar, ...run], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

for (const [name, taken] of Object.entries(ofTheStory)) {
  fs.copyFileSync(path.join(screenshots, `${taken}.png`), path.join(images, `${name}.png`));
  console.log(`docs/images/${name}.png`);
}
execFileSync(process.execPath, [path.join(root, "scripts", "package.mjs")], { stdio: "inherit" });
const vscode = installWorkbench();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dvt-pictures-"));
try {
  const project = copyProject(folder, models);
  runModels(project);
  const options = { vscode, vsix, folder, name: "pictures", screenshots: images };
  const browser = { viewport: { width: 1000, height: 560 }, deviceScaleFactor: 1.5 };
  await withWorkbench(
    { ...options, trust: true, environment, settings, browser },
    async ({ editor, port }) => {
      await editor.open(port, project, "models/own/monthly_spend.py");
      await editor
        .status()
        .filter({ hasText: /DVT: warehouse$/ })
        .waitFor();
      editor.page.setDefaultTimeout(40_000);
      for (const scene of scenes) {
        try {
          await scene(editor);
          console.log(`docs/images/${scene.name}.png`);
        } catch (error) {
          console.error(`${scene.name}: ${error.stack}`);
          process.exitCode = 1;
          fs.mkdirSync(screenshots, { recursive: true });
          await editor.page.screenshot({
            path: path.join(screenshots, `failed ${scene.name}.png`),
          });
          await editor.rest();
        }
      }
    },
  );
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
