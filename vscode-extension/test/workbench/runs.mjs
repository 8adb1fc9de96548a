// Runs as a user starts, watches, repairs and repeats them, from every place that can start one.
import { exactly } from "./editor.mjs";
import { until } from "./processes.mjs";
import { expect } from "./suite.mjs";

const rows = (count) => `session.sql("select unnest(range(${count})) as id")`;

export const runsModels = {
  "base.py": `def model(dbt, session):
    dbt.config(tags=["nightly"])
    return ${rows(3)}
`,
  "report.py": `def model(dbt, session):
    dbt.config(tags=["nightly"])
    return dbt.ref("base")
`,
  "chain/first.py": `def model(dbt, session):
    return ${rows(1200)}
`,
  "chain/second.py": `def model(dbt, session):
    ids = dbt.ref("first")
    assert ids.columns == ["number"], "another column than number"
    return ids.filter("id < 10")
`,
  "chain/third.py": `def model(dbt, session):
    return dbt.ref("second")
`,
  "patience/endless.py": `import time


def model(dbt, session):
    time.sleep(600)
    return ${rows(1)}
`,
  // Longer than what is told of when it ends.
  "patience/long.py": `import time


def model(dbt, session):
    time.sleep(11)
    return ${rows(1)}
`,
};

export async function runsTests({ editor, test, port, project }) {
  const { page } = editor;
  page.setDefaultTimeout(40_000);
  const tree = page.getByRole("tree", { name: "Runs" });
  const row = (name) => tree.getByRole("treeitem", { name });
  const newest = tree.locator('[role=treeitem][aria-level="1"][aria-posinset="1"]');
  const newestIs = async (label) => {
    await showRuns();
    await newest.and(row(label)).waitFor();
  };
  let begun = 0;
  /** Waits until one more run is there, and what is read out of it fits. */
  const run = async (label) => {
    await showRuns();
    const before = begun;
    await until("another run", async () => {
      begun = Number(await newest.getAttribute("aria-setsize", { timeout: 20_000 }));
      return begun > before;
    });
    await newestIs(label);
  };
  const showRuns = async () => {
    const tab = page.getByRole("tab", { name: "DVT" });
    if ((await tab.getAttribute("aria-selected")) !== "true") {
      await tab.click();
    }
  };
  const open = async (file) => {
    await page.keyboard.press("Control+Shift+E");
    await editor.openFile(file);
  };
  const inExplorer = (name) =>
    page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
  const menu = async (...names) => {
    for (const name of names) {
      const item = page.locator(".monaco-menu .action-label", { hasText: exactly(name) });
      await item.click();
      if (name === names.at(-1)) {
        // A menu takes no click in the moment when it opens.
        await until(`the menu's ${name}`, async () => {
          const open = await item.isVisible();
          if (open) {
            await item.click({ timeout: 1_000 }).catch(() => undefined);
          }
          return !open;
        });
      }
    }
  };
  /** A button of a row, which shows while the pointer is over it. */
  const press = async (of, name) => {
    await of.hover();
    await of.getByRole("button", { name }).click();
  };
  const nothingTold = async () => {
    expect(await page.locator(".notification-list-item").count(), 0, "notifications");
  };

  await test("before the first run, the view says how to begin", async () => {
    await editor.open(port, project, "models/own/base.py");
    await editor.lens("Run").waitFor();
    await showRuns();
    await page.getByText("Nothing has run yet.").waitFor();
    await page.getByRole("button", { name: "Run All Models" }).waitFor();
    await editor.screenshot("runs-1-empty");
  });

  await test("a run from the lens is in the view, with its rows, time and stages", async () => {
    await editor.lens("Run").click();
    await run(/^base, succeeded, 1 model, 3 rows, \d+\.\d s, \d\d:\d\d on warehouse$/);
    await row(/^base, succeeded, 3 rows, \d+\.\d s$/).click();
    await page.keyboard.press("ArrowRight");
    await row(/^execute, /).waitFor();
    await row(/^load, .*\d+\.\d s$/).waitFor();
    await nothingTold();
    await editor.screenshot("runs-2-stages");
  });

  await test("the editor's title runs the model", async () => {
    await open("models/own/report.py");
    await page
      .locator(".editor-actions")
      .getByRole("button", { name: /^Run( \(|$)/ })
      .first()
      .click();
    await run(/^report, succeeded, 1 model, 3 rows/);
  });

  await test("the editor's menu runs it, with its upstream too", async () => {
    await editor.code.locator(".view-line").first().click({ button: "right" });
    await menu("DVT", "Run with Upstream");
    await run(/^\+report, succeeded, 2 models, 6 rows/);
  });

  await test("the explorer runs a file", async () => {
    await page.keyboard.press("Control+Shift+E");
    await inExplorer("base.py").click({ button: "right" });
    await menu("DVT", "Run");
    await run(/^base, succeeded/);
  });

  await test("a tag is chosen from those that models have", async () => {
    await showRuns();
    await page.getByRole("button", { name: "Run a Tag" }).click();
    await editor.choose("nightly", "nightly");
    await run(/^tag:nightly, succeeded, 2 models, 6 rows/);
  });

  await test("the palette runs the open model", async () => {
    await open("models/own/base.py");
    await editor.command("DVT: Run");
    await run(/^base, succeeded/);
  });

  await test("a full refresh asks first, and only a yes runs it", async () => {
    await open("models/own/base.py");
    const question = page.getByRole("dialog").filter({ hasText: "Run base with full refresh?" });
    const answer = async (name) => {
      await editor.command("DVT: Run with Full Refresh");
      await question
        .filter({ hasText: "rows that only their tables still hold are lost" })
        .waitFor();
      await editor.screenshot("runs-8-full-refresh");
      await question.getByRole("button", { name, exact: true }).click();
      await question.waitFor({ state: "detached" });
    };
    const before = begun;
    await answer("Cancel");
    await answer("Run with Full Refresh");
    await run(/^base, full refresh, succeeded, 1 model, 3 rows/);
    // Of one selection a run goes after the other: what Cancel had begun would be there by now.
    expect(begun, before + 1, "runs");
    await nothingTold();
  });

  await test("keys run it", async () => {
    await open("models/own/report.py");
    await page.keyboard.press("Control+Alt+Enter");
    await run(/^report, succeeded, 1 model/);
    await open("models/own/report.py");
    await page.keyboard.press("Control+Alt+Shift+Enter");
    await run(/^\+report, succeeded, 2 models/);
    await nothingTold();
  });

  await test("a folder runs; what failed says why, and what it kept from running", async () => {
    await open("models/own/chain/first.py");
    await inExplorer("chain").click({ button: "right" });
    await menu("DVT", "Run");
    await run(/^models\/own\/chain, failed, 1 of 3 failed/);
    await row(/^first, succeeded, 1,200 rows/).waitFor();
    await row(/^second, failed, DVT126/).waitFor();
    await row(/AssertionError.*, DVT126, second.py:3$/).waitFor();
    await row(/^third, skipped: second failed$/).waitFor();
    await editor.toast("Model second failed (DVT126)").waitFor();
    await editor.screenshot("runs-3-failed");
  });

  await test("a click on a failure goes to its line, from the message too", async () => {
    const place = page.locator(".statusbar-item", { hasText: /^Ln 3, Col/ });
    await row(/AssertionError/).click();
    await page.locator('.tab.active[data-resource-name="second.py"]').waitFor();
    await place.waitFor();
    await open("models/own/chain/first.py");
    await editor.toast("Model second failed").getByRole("button", { name: "Go to Line" }).click();
    await page.locator('.tab.active[data-resource-name="second.py"]').waitFor();
    await place.waitFor();
  });

  await test("what failed runs again once it is mended, with what was skipped", async () => {
    await editor.goTo(3, 1);
    await page.keyboard.press("Control+Shift+K"); // deletes the line
    await showRuns();
    await press(newest, "Run Failed Again");
    await run(/^second third, succeeded, 2 models, 20 rows/);
    await nothingTold();
  });

  await test("a run is repeated, and so is one of its models", async () => {
    await press(newest, "Run Again");
    await run(/^second third, succeeded/);
    await press(tree.getByRole("treeitem", { name: /^third, / }).first(), "Run This Model");
    await run(/^third, succeeded, 1 model, 10 rows/);
  });

  await test("a run says what it is at, and is cancelled from the view", async () => {
    await open("models/own/patience/endless.py");
    await editor.lens("Run").click();
    await run(/^endless, running, \d/);
    await page.locator(".activitybar .badge-content", { hasText: "1" }).waitFor();
    await editor.screenshot("runs-4-running");
    await press(newest, "Cancel Run");
    await newestIs(/^endless, cancelled, \d/);
    await row(/^endless, cancelled$/).waitFor();
    await nothingTold();
  });

  await test("a long run shows its stage, and is told of to who looks elsewhere", async () => {
    await open("models/own/patience/long.py");
    await editor.lens("Run").click();
    await open("models/own/base.py");
    await editor.toast("long: running").waitFor();
    await editor.screenshot("runs-5-progress");
    await editor.toast(/Model long: 1 row in 1\d s/).waitFor();
    await editor.screenshot("runs-6-long");
    await editor.toast("Model long").getByRole("button", { name: "Show Runs" }).click();
    await row(/^long, succeeded, 1 row, 1\d s$/).waitFor();
  });

  await test("the file of a run's events is a click away", async () => {
    await press(newest, "Open Log of the Run");
    await page.locator('.tab.active[data-resource-name$=".jsonl"]').waitFor();
    await editor.code.locator(".view-line", { hasText: "runStarted" }).first().waitFor();
  });

  await test("runs are still known after the window is loaded anew, until they are cleared", async () => {
    await page.reload();
    await newestIs(/^long, succeeded/);
    await row(/^models\/own\/chain, failed/).waitFor();
    await editor.screenshot("runs-7-reloaded");
    await newest.hover();
    await page.getByRole("button", { name: "Clear Runs" }).click();
    await page.getByText("Nothing has run yet.").waitFor();
  });
}
