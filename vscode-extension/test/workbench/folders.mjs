// Two projects in one window, each with its own models, target and tables.
import fs from "node:fs";
import path from "node:path";
import { expect } from "./suite.mjs";

const ledger = {
  "dbt_project.yml": "name: ledger\nprofile: ledger\n",
  "profiles.yml": `ledger:
  target: dev
  outputs:
    dev: {type: duckdb, path: dev.duckdb}
    prod: {type: duckdb, path: prod.duckdb}
`,
  "models/entries.py": `def model(dbt, session):
    return session.sql("select unnest([1, 2, 3]) as id")
`,
  "models/lost.py": `def model(dbt, session):
    return dbt.ref("stg_orders")
`,
};

/** A workspace file over the shop and the ledger, in the window's folder. */
function writeWorkspace(data, project) {
  for (const [name, text] of Object.entries(ledger)) {
    const file = path.join(data, "ledger", name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const file = path.join(data, "all.code-workspace");
  const folders = [project, path.join(data, "ledger")].map((folder) => ({ path: folder }));
  fs.writeFileSync(file, JSON.stringify({ folders }));
  return file;
}

export async function foldersTests({ editor, test, port, project, data }) {
  const { page } = editor;
  page.setDefaultTimeout(40_000);
  const target = (name) =>
    editor
      .status()
      .filter({ hasText: new RegExp(`^\\s*DVT: ${name}$`) })
      .waitFor();
  const said = (text) => editor.status().filter({ hasText: text }).waitFor();
  const calendar = path.join(project, "models", "ingest", "calendar.py");
  const ledgerFolder = path.join(data, "ledger");
  const entries = path.join(ledgerFolder, "models", "entries.py");
  const lost = path.join(ledgerFolder, "models", "lost.py");
  /** By its path: in the explorer both projects have folders of the same name. */
  const open = async (file) => {
    await page.keyboard.press("Control+P");
    await editor.choose(file, path.basename(file));
    await page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).waitFor();
  };
  const written = (folder, name) => fs.existsSync(path.join(folder, name));
  const settings = (folder) => {
    const file = path.join(folder, ".vscode", "settings.json");
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  };

  await test("the status bar has the target of the project that one is in", async () => {
    await editor.openWorkspace(port, writeWorkspace(data, project), calendar);
    await target("warehouse");
    await open(entries);
    await target("dev");
  });

  await test("a target is chosen for one of them", async () => {
    await editor.asking("DVT: Choose Target");
    await editor.choose("prod", "prod");
    await target("prod");
    await open(calendar);
    await target("warehouse");
    const of = (folder) => settings(folder)["dvt.target"];
    expect(`${of(ledgerFolder)} ${of(project)}`, "prod undefined", "the settings");
  });

  await test("a run goes where its own project's target says", async () => {
    await open(entries);
    await editor.lens("Run").click();
    await said("DVT: prod, Model entries: 3 rows in");
    const both = ["prod.duckdb", "dev.duckdb"].map((name) => written(ledgerFolder, name));
    expect(both.join(), "true,false", "prod and dev");
    await open(calendar);
    await editor.lens("Run").click();
    await said("DVT: warehouse, Model calendar: 366 rows in");
    expect(written(project, "data/warehouse.duckdb"), true, "the shop's database");
    await editor.screenshot("folders-1-runs");
  });

  await test("a project does not know the models of the other", async () => {
    await open(lost);
    await editor.errorSquiggles().first().waitFor();
    const problems = await editor.problems();
    expect(await problems.filter({ hasText: "'stg_orders'" }).count(), 1, "problems");
    await editor.code.locator(".view-line").first().click();
    await editor.goTo(2, 21);
    await page.keyboard.press("Control+Delete"); // the name
    await page.keyboard.press("Control+Space");
    const widget = page.locator(".suggest-widget.visible");
    const row = widget.locator(".monaco-list-row", { hasText: "entries" });
    await row.waitFor();
    const names = await widget.locator(".monaco-list-row .label-name").allTextContents();
    expect(names.join(), "entries", "names");
    await editor.screenshot("folders-2-names");
    await row.click();
    await editor.errorSquiggles().first().waitFor({ state: "detached" });
  });

  await test("all models of one project run", async () => {
    await editor.asking("DVT: Run All Models");
    await editor.choose("ledger", "ledger");
    await said("DVT: prod, 2 models: 6 rows in");
  });
}
