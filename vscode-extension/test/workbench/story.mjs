// A user's first hour, from the package alone: a machine with a Python but neither Java, DuckDB nor Sling.
// The pictures of the README are taken here.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { lineageFrame } from "./lineage.mjs";
import { expect } from "./suite.mjs";

const model = "monthly_spend";
const file = `models/own/${model}.py`;
const text = `"""What customers of each country spent, by month."""


def model(dbt, session):
    dbt.config(materialized="table", tags=["report"])

    orders = dbt.ref("stg_orders").df()
    customers = dbt.ref("stg_custmers").df()

    spent = orders.merge(customers, on="customer_id")
    report = spent.groupby(["month", "country"], as_index=False)["amount"].sum()
    return report
`;

/** Downloads of a hundred megabytes, and pip. */
const makingMillis = 600_000;

/** A machine with a Python and nothing else: no Java, no tools of the tests, no shell that would add some. */
function bareMachine() {
  const bin = fs.mkdtempSync(path.join(os.tmpdir(), "dvt-bin-"));
  // Not what the PATH names: that may be a script which needs more of the machine.
  const itself = ["-c", "import os, sys; print(os.path.realpath(sys.executable), end='')"];
  fs.symlinkSync(execFileSync("python3", itself, { encoding: "utf8" }), path.join(bin, "python3"));
  return {
    PATH: bin,
    JAVA_HOME: "",
    VSCODE_CLI: "1",
    DVT_TOOLS_DIR: undefined,
    DVT_VENV: undefined,
    VIRTUAL_ENV: undefined,
  };
}

export const story = {
  models: { [`${model}.py`]: text },
  environment: bareMachine(),
  browser: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 },
};

/** The page of the webview that can be seen. */
function activePage(page) {
  return page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
}

export async function storyTests({ editor, test, port, project }) {
  const { page } = editor;
  const line = (start) => text.split("\n").findIndex((each) => each.includes(start)) + 1;
  const row = (hasText) => page.locator(".suggest-widget.visible .monaco-list-row", { hasText });

  await test("the demo project opens, and its environment is made by a click", async () => {
    await editor.open(port, project, file);
    await editor.errorSquiggles().first().waitFor();
    const offer = editor.toast("To run, the models of shop need");
    await offer.locator(".monaco-button", { hasText: "Create Environment" }).click();
    await page
      .locator("[id$='dvt.python']")
      .filter({ hasText: "(.dvt/venv)" })
      .waitFor({ timeout: makingMillis });
    await editor.toast("The environment of shop is ready").waitFor();
    await editor.command("Notifications: Clear All Notifications");
  });

  await test("an unknown ref is seen, and mended by its quick fix", async () => {
    const rows = await editor.problems();
    await rows.filter({ hasText: "DVT120" }).first().waitFor();
    await editor.goTo(line("stg_custmers"), 30);
    await page.keyboard.press("Control+.");
    const fix = page
      .locator(".action-widget .monaco-list-row", { hasText: "stg_customers" })
      .first();
    await fix.waitFor();
    await editor.screenshot("story-1-problem");
    await page.keyboard.press("Enter");
    await editor.code.locator(".view-line", { hasText: 'dbt.ref("stg_customers")' }).waitFor();
    await editor.errorSquiggles().first().waitFor({ state: "detached" });
  });

  await test("a model's name is completed", async () => {
    await editor.command("View: Hide Panel");
    await editor.goTo(line("stg_custmers") + 1, 1);
    await page.keyboard.type('    days = dbt.ref("');
    await row("customer_segments").waitFor();
    await editor.screenshot("story-2-names");
    await page.keyboard.type("cal");
    await row("calendar").waitFor();
    await page.keyboard.press("Tab");
    await editor.code.locator(".view-line", { hasText: 'dbt.ref("calendar")' }).waitFor();
    await page.keyboard.press("Control+Shift+K"); // it was to be seen only
    await page.keyboard.press("Control+s");
  });

  await test("a preview shows the rows of a model, and loads nothing", async () => {
    await editor.openFile("models/staging/stg_orders.py");
    await editor.lens("Preview").click();
    const grid = activePage(page);
    await grid.getByText("7 rows, computed").waitFor();
    await grid.getByRole("button", { name: "Profile" }).click();
    await editor.screenshot("story-3-preview");
    expect(fs.existsSync(path.join(project, "data", "warehouse.duckdb")), false, "a database");
    await page.locator(".tab", { hasText: "Preview: stg_orders" }).click();
    await editor.command("View: Close Editor");
  });

  await test("it runs with its upstream, and the run is in the view", async () => {
    await editor.openFile(file);
    await editor.lens("Run with upstream").click();
    await editor
      .status()
      .filter({ hasText: /3 models: \d+ rows in/ })
      .waitFor();
    await page.getByRole("tab", { name: "DVT" }).click();
    const tree = page.getByRole("tree", { name: "Runs" });
    await tree.getByRole("treeitem", { name: model }).last().waitFor();
    await editor.screenshot("story-4-run");
  });

  await test("its lineage shows where it stands", async () => {
    await editor.lens("2 upstream, 0 downstream").click();
    const frame = lineageFrame(page);
    await frame.locator("[role=option]", { hasText: new RegExp(`^${model},`) }).waitFor();
    await editor.command("DVT: Show Lineage"); // the keys go there
    await frame.locator(".graph-reader:focus").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowRight");
    await frame.getByText("7 of 24 nodes").waitFor();
    await page.mouse.move(900, 480); // away from the tab, which says its path
    await page.locator(".workbench-hover-container:visible").waitFor({ state: "detached" });
    await editor.screenshot("story-5-lineage");
  });

  await test("a breakpoint stops it, with the frames to look into", async () => {
    await editor.goTo(line("spent ="), 5);
    await page.keyboard.press("F9");
    await editor.lens("Debug").click();
    await editor.code.locator(".debug-top-stack-frame-line").waitFor();
    const variables = page.getByRole("tree", { name: "Debug Variables" });
    await variables
      .getByRole("treeitem", { name: /^orders/ })
      .first()
      .waitFor();
    await editor.screenshot("story-6-breakpoint");
    await page.keyboard.press("F5");
    await editor.toast(`${model} returned 5 rows. Nothing was loaded.`).waitFor();
  });
}
