// The lineage view in a real workbench: it follows the editors, opens and runs what is clicked.
import fs from "node:fs";
import path from "node:path";
import { firstColor, sizeOf } from "./png.mjs";
import { until } from "./processes.mjs";
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

  await test("what is shown is saved beside the project's other files, in each format", async () => {
    await editor.openFile("models/own/second.py");
    await shown("second");
    await editor.command("Notifications: Clear All Notifications");
    for (const [format, name] of [
      ["SVG", "lineage.svg"],
      ["PNG", "lineage.png"],
      ["Mermaid", "lineage.mmd"],
    ]) {
      await frame.getByRole("button", { name: "Export" }).click();
      await frame.getByRole("menuitem", { name: format }).click();
      const file = path.join(project, name);
      const proposed = await editor.saveAs(file, name);
      expect(proposed, file, "the proposal");
      await page.locator(".statusbar-item", { hasText: `Saved ${name}` }).waitFor();
    }
    const [svg, png, mermaid] = ["svg", "png", "mmd"].map((ending) =>
      fs.readFileSync(path.join(project, `lineage.${ending}`)),
    );
    const drawn = svg.toString();
    const names = [...drawn.matchAll(/<title>(.*?)<[/]title>/g)].map(([, name]) => name);
    expect(names.sort().join(), "first,second,third", "the boxes of the SVG");
    const [, width, height] = /^<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(drawn);
    const doubled = [width, height].map((length) => Math.ceil(2 * Math.round(length))).join();
    expect(sizeOf(png).join(), doubled, "the pixels of the PNG");
    const [, ...ground] = /<rect [^>]*fill="rgb[(](\d+), (\d+), (\d+)[)]"/.exec(drawn);
    const hex = ground.map((part) => Number(part).toString(16).padStart(2, "0")).join("");
    expect(firstColor(png), `#${hex}`, "the ground of the PNG");
    fs.copyFileSync(path.join(project, "lineage.png"), editor.screenshotFile("lineage-5-export"));
    const text = mermaid.toString();
    expect(text.split("\n")[0], "flowchart LR", "the first line of the Mermaid file");
    const labels = new Map([...text.matchAll(/(n\d+)\["(\w+)"\]/g)].map(([, id, as]) => [id, as]));
    const edges = [...text.matchAll(/(n\d+) --> (n\d+)/g)];
    expect(
      edges
        .map(([, from, to]) => `${labels.get(from)}>${labels.get(to)}`)
        .sort()
        .join(),
      "first>second,second>third",
      "its edges",
    );
  });

  await test("it takes the colours of a high-contrast theme that is chosen while it is open", async () => {
    const color = async () => {
      const [x, y] = await place();
      const clip = { x: Math.round(x), y: Math.round(y) + 8, width: 1, height: 1 }; // below the name
      return firstColor(await page.screenshot({ clip }));
    };
    const light = await color();
    for (const [theme, window, ground] of [
      ["Light High Contrast", "hc-light", "#ffffff"],
      ["Dark High Contrast", "hc-black", "#0c141f"],
    ]) {
      await editor.asking("Preferences: Color Theme");
      await editor.choose(theme, theme);
      await page.locator(`.monaco-workbench.${window}`).waitFor();
      await until(`a box in ${theme}`, async () => (await color()) === ground);
      await editor.screenshot(`lineage-6-${window}`);
    }
    await editor.asking("Preferences: Color Theme");
    await editor.choose("Light Modern", "Light Modern");
    await until("a box as before", async () => (await color()) === light);
  });

  await test("the documentation site opens in the browser", async () => {
    // What leads to a port in a browser elsewhere is code-server's own program, which does not run.
    await page.context().route(/\/proxy\/\d+\//, (route) => {
      const [, port, rest] = /\/proxy\/(\d+)(\/.*)$/.exec(route.request().url());
      return route.continue({ url: `http://127.0.0.1:${port}${rest}` });
    });
    await editor.openFile("models/own/second.py");
    const opened = page.context().waitForEvent("page");
    await editor.command("DVT: Open Documentation Site");
    const site = await opened;
    await site.getByRole("heading", { name: "The demo shop" }).waitFor();
    await site.getByRole("link", { name: "enriched_orders" }).first().click();
    await site.getByRole("heading", { name: "enriched_orders" }).waitFor();
    await site.screenshot({ path: editor.screenshotFile("lineage-7-site") });
    await site.close();
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
