// Models under the debugger, as a user has them there: breakpoints, values, steps, exceptions, F5.
import fs from "node:fs";
import path from "node:path";
import { exactly } from "./editor.mjs";
import { expect } from "./suite.mjs";

export const debugModels = {
  "base.py": `def model(dbt, session):
    return session.sql("select unnest(range(3)) as id")
`,
  "totals.py": `def double(number):
    result = number * 2
    return result


def model(dbt, session):
    price = 20
    twice = double(price)
    print("twice is", twice)
    return session.sql(f"select {twice} as total")
`,
  "counted.py": `def model(dbt, session):
    rows = dbt.ref("base").fetchall()
    count = len(rows)
    return session.sql(f"select {count} as count")
`,
  "raises.py": `def model(dbt, session):
    prices = {"tea": 3}
    coffee = prices["coffee"]
    return session.sql(f"select {coffee} as coffee")
`,
};

export async function debugTests({ editor, test, port, project }) {
  const { page } = editor;
  page.setDefaultTimeout(60_000);
  const toolbar = page.locator(".debug-toolbar");
  const press = (name) => toolbar.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  const variable = (name, value) =>
    page
      .locator(".debug-variables .monaco-list-row")
      .filter({ has: page.locator(".name", { hasText: name }) })
      .filter({ has: page.locator(".value", { hasText: exactly(value) }) });
  /** The debugger stands at a line, and its values are there to look at. */
  const stoppedAt = async (file, line) => {
    await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
    await page
      .locator(".debug-call-stack .monaco-list-row.focused, .debug-call-stack .stack-frame")
      .filter({ hasText: new RegExp(`${file}.*${line}:`) })
      .first()
      .waitFor();
    await editor.code
      .locator(".debug-top-stack-frame-line, .debug-top-stack-frame")
      .first()
      .waitFor();
  };
  const ended = () => toolbar.waitFor({ state: "hidden" });
  const console = (text) => page.locator(".repl .monaco-list-row", { hasText: text }).first();
  const showConsole = () => page.keyboard.press("Control+Shift+Y");
  const open = async (file) => {
    await page.keyboard.press("Control+Shift+E");
    await editor.openFile(`models/own/${file}`);
  };
  /** Clicks where breakpoints are set, left of a line's number. */
  const clickGutter = async (line) => {
    const number = editor.code.locator(".line-numbers", { hasText: exactly(String(line)) });
    const { x, y, height } = await number.boundingBox();
    await page.mouse.click(x - 10, y + height / 2);
  };
  const breakpoint = () => editor.code.locator(".codicon-debug-breakpoint");

  await test("a click in the gutter and one on Debug stop the model there", async () => {
    await editor.open(port, project, "models/own/totals.py");
    await editor.lens("Debug").waitFor();
    await clickGutter(8);
    await breakpoint().waitFor();
    await editor.lens("Debug").click();
    await stoppedAt("totals.py", 8);
    await variable("price", "20").waitFor();
    expect(
      await page.locator(".debug-call-stack .stack-frame").count(),
      1,
      "frames: nothing of the worker's",
    );
    await editor.screenshot("debug-1-breakpoint");
  });

  await test("the mouse over a name shows its value", async () => {
    await editor.code
      .locator(".view-line span", { hasText: exactly("price") })
      .last()
      .hover();
    await page.locator(".debug-hover-widget", { hasText: "20" }).waitFor();
    await editor.screenshot("debug-2-hover");
    await page.keyboard.press("Escape");
  });

  await test("an expression is watched", async () => {
    await page.getByRole("button", { name: "Watch Section" }).hover();
    await page.getByRole("button", { name: "Add Expression" }).click();
    await page.locator(".debug-watch input").fill("price + 1");
    await page.keyboard.press("Enter");
    await page.locator(".debug-watch .monaco-list-row", { hasText: /price \+ 1.*21/ }).waitFor();
  });

  await test("it steps into a function, out of it, and over lines", async () => {
    await press("Step Into");
    await stoppedAt("totals.py", 2);
    await variable("number", "20").waitFor();
    await press("Step Out");
    await stoppedAt("totals.py", 8);
    await press("Step Over");
    await stoppedAt("totals.py", 9);
    await variable("twice", "40").waitFor();
    await editor.screenshot("debug-3-steps");
  });

  await test("the console evaluates what is typed", async () => {
    await showConsole();
    await page.locator(".repl-input-wrapper .monaco-editor").click();
    await page.keyboard.type("twice * 100");
    await page.keyboard.press("Enter");
    await console(/^4000$/).waitFor();
  });

  await test("it goes on to its end, and the rows are told", async () => {
    await press("Continue");
    await editor.toast("totals returned 1 row. Nothing was loaded.").waitFor();
    await console("twice is 40").waitFor();
    await ended();
    await editor.screenshot("debug-4-end");
  });

  await test("without a launch.json, F5 debugs the open model", async () => {
    await open("totals.py");
    await editor.code.locator(".view-line").first().click();
    await page.keyboard.press("F5");
    await stoppedAt("totals.py", 8);
    await press("Disconnect");
    await ended();
  });

  await test("the open model is among what can be chosen to debug", async () => {
    const start = "Debug: Select and Start Debugging";
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input[type=text]").first().fill(`>${start}`);
    // Each choice leads to the next one, in a list that stays.
    for (const choice of [start, "DVT Model...", "Debug totals"]) {
      await page.locator(".quick-input-list .monaco-list-row", { hasText: choice }).first().click();
    }
    await stoppedAt("totals.py", 8);
    await press("Disconnect");
    await ended();
    await clickGutter(8);
    await breakpoint().waitFor({ state: "detached" });
  });

  await test("an exception stops at the line that raises it", async () => {
    await open("raises.py");
    await editor.lens("Debug").click();
    await page.locator(".exception-widget", { hasText: "KeyError" }).waitFor();
    await page.keyboard.press("Control+Shift+D"); // opens by itself at breakpoints only
    await stoppedAt("raises.py", 3);
    await variable("prices", "{'tea': 3}").waitFor();
    await editor.screenshot("debug-5-exception");
    await press("Continue");
    await ended();
    await editor.toast("DVT126").waitFor();
  });

  await test("a launch.json runs what the model reads, stops in it, and loads its rows", async () => {
    fs.mkdirSync(path.join(project, ".vscode"), { recursive: true });
    const configuration = {
      type: "dvt",
      request: "launch",
      name: "With upstream",
      model: "${workspaceFolder}/models/own/counted.py",
      mode: "runWithUpstream",
    };
    fs.writeFileSync(
      path.join(project, ".vscode", "launch.json"),
      JSON.stringify({ version: "0.2.0", configurations: [configuration] }),
    );
    await open("counted.py");
    await clickGutter(4);
    await breakpoint().waitFor();
    await page.keyboard.press("F5");
    await stoppedAt("counted.py", 4);
    await variable("count", "3").waitFor();
    await press("Continue");
    await ended();
    await editor
      .status()
      .filter({ hasText: /2 models/ })
      .waitFor();
    await editor.screenshot("debug-6-launch");
  });
}
