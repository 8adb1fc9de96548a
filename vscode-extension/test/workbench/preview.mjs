// The preview panel in a real workbench: it opens from the lens, sorts, filters, exports, and
// follows the model as it is edited.
import fs from "node:fs";
import path from "node:path";
import { until } from "./processes.mjs";
import { expect } from "./suite.mjs";

const models = {
  "many.py": `def model(dbt, session):
    return session.sql("select i as id, 'name ' || i as name from range(5000) t(i)")
`,
  "reader.py": `def model(dbt, session):
    dbt.ref("country_codes")
    return session.sql("select * from __model__country_codes")
`,
  "plain.sql": `select 1 as one, 'x' as two
`,
};

export const previewModels = models;

/** The column after `def model(dbt, session):`. */
const defEnd = models["many.py"].indexOf("\n") + 1;

export async function previewTests({ editor, test, port, project, data }) {
  const { page } = editor;
  const frame = page
    .frameLocator("iframe.webview.ready:visible")
    .frameLocator("iframe#active-frame");
  const cell = (row, column) =>
    frame.locator(`tr[aria-rowindex="${row + 3}"] td[aria-colindex="${column + 2}"]`);
  const shows = (row, column, text) =>
    cell(row, column)
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();
  const tab = (name) => page.locator(".tab", { hasText: `Preview: ${name}` });
  /** Beside the panel, as a user has it. */
  const openFile = async (file) => {
    await editor.command("View: Focus First Editor Group");
    await editor.openFile(file);
  };
  const close = async (name) => {
    await tab(name).hover();
    await tab(name).locator(".codicon-close").click();
    await tab(name).waitFor({ state: "detached" });
  };

  await test("a click on Preview over a model shows its rows beside it", async () => {
    await editor.open(port, project, "models/own/many.py");
    await editor.lens("Preview").click();
    await tab("many").waitFor();
    await shows(0, 0, "0");
    await shows(3, 1, "name 3");
    await frame.getByText("5,000 rows, computed").waitFor();
    await frame.locator("thead th", { hasText: "BIGINT" }).waitFor();
    await editor.screenshot("preview-1-rows");
  });

  await test("a header sorts, a filter is typed, and the profile counts", async () => {
    const id = frame.locator("thead th", { hasText: /^id/ });
    await id.click();
    await id.click();
    await shows(0, 0, "4999");
    await cell(0, 0).click();
    await page.keyboard.press("f");
    await frame.getByLabel("Condition").selectOption("<");
    await frame.getByLabel("Value").fill("100");
    await page.keyboard.press("Enter");
    await shows(0, 0, "99");
    await frame.getByText("100 of 5,000 rows").waitFor();
    await frame.getByRole("button", { name: "Profile" }).click();
    await frame.getByRole("cell", { name: "name 99" }).waitFor();
    await editor.screenshot("preview-2-sorted");
  });

  await test("what is selected is copied", async () => {
    await cell(0, 0).click();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Control+Shift+C");
    await frame.getByText("Copied 4 cells.").waitFor();
    await editor.command("View: Focus First Editor Group");
    await editor.command("File: New Untitled Text File");
    await page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor();
    await page.keyboard.press("Control+V");
    await editor.code.locator(".view-line", { hasText: "98" }).waitFor();
    const text = await editor.code.locator(".view-lines").innerText();
    expect(text.replaceAll(/[\s\u00a0]+/g, " "), /id name 99 name 99 98 name 98/, "the lines");
    await editor.command("View: Revert and Close Editor");
  });

  // The last file of the folder: none of the explorer's rows moves under the mouse.
  const exported = (format) => path.join(project, `zz.${format}`);
  await test("the rows that are shown are exported, in each format", async () => {
    for (const format of ["csv", "json", "parquet"]) {
      await tab("many").click();
      await frame.getByLabel("Export").selectOption(format);
      const file = exported(format);
      await editor.saveAs(file, `many.${format}`);
      await frame.getByText(`Exported 100 rows to ${file}.`).waitFor();
    }
    const text = (format) => fs.readFileSync(exported(format), "latin1");
    expect(text("csv").split("\n").slice(0, 2).join("|"), "id,name|99,name 99", "the CSV");
    const [first] = JSON.parse(text("json"));
    expect(JSON.stringify(first), '{"id":99,"name":"name 99"}', "the JSON");
    expect(text("parquet").slice(0, 4) + text("parquet").slice(-4), "PAR1PAR1", "the Parquet");
  });

  await test("a changed model is computed again, in the same panel", async () => {
    await openFile("models/own/many.py");
    await editor.goTo(2, 1);
    await page.keyboard.press("Control+Shift+K");
    await page.keyboard.type('    return session.sql("select 7 as id, 8 as other")\n');
    await editor.lens("Preview").click();
    await shows(0, 1, "8");
    await frame.getByText("1 row, computed").waitFor();
    expect(await tab("many").count(), 1, "panels");
  });

  await test("a failure is said with its line, and the rows of before stay", async () => {
    await editor.goTo(1, defEnd);
    await page.keyboard.type("\nraise ValueError('not today')");
    await frame.getByRole("button", { name: "Compute" }).click();
    await frame.getByRole("alert").getByText("not today").first().waitFor();
    await frame.locator(".grid.stale").waitFor();
    await shows(0, 1, "8");
    await editor.screenshot("preview-3-failure");
    await frame.getByRole("button", { name: "many.py:2" }).click();
    await page.locator(".statusbar-item", { hasText: "Ln 2, Col" }).waitFor();
  });

  await test("with the setting, saving the model computes it", async () => {
    const settings = path.join(data, "data", "Machine", "settings.json");
    const others = JSON.parse(fs.readFileSync(settings, "utf8"));
    fs.writeFileSync(settings, JSON.stringify({ ...others, "dvt.preview.onSave": true }));
    await openFile("models/own/many.py");
    await editor.goTo(2, 1);
    await page.keyboard.press("Control+Shift+K");
    await until("a computation after a save", async () => {
      await page.keyboard.press("Control+S"); // the setting is read a moment later
      return (await frame.locator(".status.busy, .grid:not(.stale)").count()) > 0;
    });
    await frame.locator(".grid:not(.stale)").waitFor();
    await shows(0, 1, "8");
    fs.writeFileSync(settings, JSON.stringify(others));
  });

  await test("after a reload nothing runs until Compute is clicked", async () => {
    const logs = () => fs.readdirSync(path.join(project, ".dvt", "logs")).length;
    const computed = logs();
    // The address that the tests begin with opens a file in place of what was open.
    const query = new URLSearchParams({ folder: project });
    await page.goto(`http://127.0.0.1:${port}/?${query}`);
    await page.locator(".monaco-workbench").waitFor();
    await tab("many").click();
    await frame.getByText("Compute shows the rows.").waitFor();
    await editor.status().filter({ hasText: "DVT: warehouse" }).waitFor();
    expect(logs(), computed, "logs");
    await frame.getByRole("button", { name: "Compute" }).click();
    await shows(0, 1, "8");
  });

  await test("with the panel its rows on disk go", async () => {
    const previews = path.join(project, ".dvt", "previews");
    const kept = () =>
      fs.readdirSync(previews, { recursive: true }).filter((file) => file.endsWith("rows.parquet"));
    const before = kept();
    await close("many");
    await until("the rows to go", () => kept().length === before.length - 1);
  });

  await test("the age of what a model reads is told, and Refresh reads it anew", async () => {
    await openFile("models/own/reader.py");
    await editor.lens("Run with upstream").click();
    await editor.status().filter({ hasText: "2 models" }).waitFor();
    await editor.lens("Preview").click();
    await tab("reader").waitFor();
    const upstream = frame.locator(".upstream");
    await upstream.filter({ hasText: /country_codes: \d+ s old/ }).waitFor();
    expect(await upstream.getAttribute("title"), /from the cache/, "where from");
    await frame.getByRole("button", { name: "Refresh" }).click();
    await frame.locator('.upstream[title*="from warehouse"]').waitFor();
    await editor.screenshot("preview-4-upstream");
    await close("reader");
  });

  await test("SQL models and seeds are previewed too", async () => {
    await openFile("models/own/plain.sql");
    await page.locator('.editor-actions [aria-label^="Preview"]').first().click();
    await tab("plain").waitFor();
    await shows(0, 1, "x");
    await close("plain");
    await openFile("seeds/country_codes.csv");
    await editor.command("DVT: Preview");
    await tab("country_codes").waitFor();
    await cell(0, 0).waitFor();
    await close("country_codes");
  });

  await test("a long computation is cancelled", async () => {
    await openFile("models/own/many.py");
    await editor.goTo(1, defEnd);
    await page.keyboard.type("\n__import__('time').sleep(600)");
    await page.keyboard.press("Control+Alt+V");
    await tab("many").waitFor();
    await frame.getByText("Computing").waitFor();
    await frame.getByRole("button", { name: "Cancel" }).click();
    await frame.getByRole("button", { name: "Cancel" }).waitFor({ state: "hidden" });
    await frame.getByText("Computing").waitFor({ state: "detached" });
  });
}
