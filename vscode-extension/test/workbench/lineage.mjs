// The lineage view in a real workbench: it follows the editors, opens and runs what is clicked.
import { expect } from "./suite.mjs";

const models = {
  "first.py": `def model(dbt, session):
    return session.sql("select 1 as id")
`,
  "second.py": `def model(dbt, session):
    return dbt.ref("first")
`,
  "third.sql": `select * from {{ ref('second') }}
`,
  "raises.py": `def model(dbt, session):
    dbt.ref("first")
    raise ValueError("no")
`,
};

export const lineageModels = models;

/** The page of the view that can be seen. */
export function lineageFrame(page) {
  return page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
}

export async function lineageTests({ editor, test, port, project }) {
  const { page } = editor;
  const frame = lineageFrame(page);
  const current = frame.locator(".graph-reader [role=option]");
  const shown = (name) => current.filter({ hasText: new RegExp(`^${name},`) }).waitFor();
  /** The middle of the current node on the screen. */
  const place = async () => {
    const { x, y } = await current.boundingBox();
    return [x, y];
  };
  const go = async (name) => {
    await frame.getByRole("combobox").fill(name);
    await frame.getByRole("option", { name }).first().waitFor();
    await page.keyboard.press("Enter");
    await shown(name);
  };

  await test("the counts over a model open its lineage", async () => {
    await editor.open(port, project, "models/own/second.py");
    await editor.lens("1 upstream, 1 downstream").click();
    await shown("second");
    expect(await frame.locator(".graph-count").textContent(), /^3 of \d+ nodes$/, "the count");
    await editor.screenshot("lineage-1-model");
  });

  await test("the view follows to another editor", async () => {
    await editor.openFile("models/own/third.sql");
    await shown("third");
    await editor.openFile("models/own/raises.py");
    await shown("raises");
  });

  await test("an edge that is typed is there, and goes again", async () => {
    await editor.openFile("models/own/second.py");
    await shown("second");
    await editor.goTo(1, 25); // the end of the line
    await page.keyboard.type('\ndbt.ref("calendar")');
    await frame.locator(".graph-count", { hasText: /^[4-9] of/ }).waitFor();
    await page.keyboard.press("Control+Shift+K"); // deletes the line
    await frame.locator(".graph-count", { hasText: /^3 of/ }).waitFor();
  });

  await test("a click on a node opens its file, and the graph stays as it is", async () => {
    await go("third");
    await page.mouse.click(...(await place()));
    await page.locator('.tab.active[data-resource-name="third.sql"]').waitFor();
    await shown("third");
    expect(await frame.locator(".graph-count").textContent(), /^3 of/, "the count");
  });

  await test("a right click runs a model, and its colour changes", async () => {
    await editor.openFile("models/own/second.py");
    await shown("second");
    await page.mouse.click(...(await place()), { button: "right" });
    await frame.getByRole("menuitem", { name: "Run with Upstream" }).click();
    await current.filter({ hasText: "last run succeeded" }).waitFor();
    await go("first");
    await current.filter({ hasText: "last run succeeded" }).waitFor();
    await editor.screenshot("lineage-2-run");
  });

  await test("a model that failed is told by its colour and by words", async () => {
    await editor.openFile("models/own/raises.py");
    await shown("raises");
    await editor.command("Notifications: Clear All Notifications"); // they lie over the view
    await page.mouse.click(...(await place()), { button: "right" });
    await frame.getByRole("menuitem", { name: "Run", exact: true }).click();
    await current.filter({ hasText: "last run failed" }).waitFor();
    await editor.screenshot("lineage-3-failed");
  });

  await test("with the keyboard alone one goes along edges and opens what is there", async () => {
    await editor.openFile("models/own/second.py");
    await shown("second");
    await editor.command("DVT: Show Lineage");
    await frame.locator(".graph-reader:focus").waitFor();
    await page.keyboard.press("ArrowRight");
    await shown("third");
    await page.keyboard.press("Enter");
    await page.locator('.tab.active[data-resource-name="third.sql"]').waitFor();
  });

  await test("it opens to the side as well", async () => {
    await editor.openFile("models/own/second.py");
    await editor.command("View: Hide Panel");
    await editor.command("DVT: Show Lineage to the Side");
    await shown("second");
    await editor.screenshot("lineage-4-side");
    await page.mouse.click(...(await place()));
    await page.locator('.tab.active[data-resource-name="second.py"]').waitFor();
  });
}
