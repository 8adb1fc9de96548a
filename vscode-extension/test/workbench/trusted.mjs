// What a user does in a workspace of their own.
import { expect } from "./suite.mjs";

export async function trustedTests({ editor, test, port, project }) {
  const { page } = editor;

  await test("an unknown ref is underlined, with its code in Problems", async () => {
    await editor.open(port, project, "models/own/broken.py");
    await editor.errorSquiggles().first().waitFor();
    const rows = await editor.problems();
    await rows.filter({ hasText: "DVT120" }).first().waitFor();
    await rows.filter({ hasText: "stg_custmers" }).first().waitFor();
    await editor.screenshot("1-problem");
  });

  await test("a model's name is completed, and the problem goes", async () => {
    await editor.openFile("models/own/broken.py");
    // dbt.ref("stg_cust|mers"): complete in the middle of a name.
    await editor.goTo(7, 34);
    await page.keyboard.press("Control+Space");
    const row = page.locator(".suggest-widget.visible .monaco-list-row", {
      hasText: "stg_customers",
    });
    await row.waitFor();
    await editor.screenshot("2-completion");
    await row.click();
    await editor.code.locator(".view-line", { hasText: 'dbt.ref("stg_customers")' }).waitFor();
    await editor.errorSquiggles().first().waitFor({ state: "detached" });
  });

  await test("a click on Run over the model runs it, and its rows are told", async () => {
    await editor.openFile("models/ingest/calendar.py");
    await editor.lens("Run").click();
    const status = editor.status();
    await status.filter({ hasText: "Model calendar: 366 rows in" }).waitFor();
    expect(await status.textContent(), /DVT: warehouse/, "the target in the status bar");
    await editor.screenshot("3-run");
  });

  await test("a model that raises is marked on the line, with its log a click away", async () => {
    await editor.openFile("models/own/failing.py");
    await editor.command("DVT: Run");
    const toast = editor.toast("Model failing failed (DVT126)");
    await toast.waitFor();
    await editor.errorSquiggles().first().waitFor();
    await toast.locator(".monaco-button", { hasText: "Show Log" }).click();
    await page.locator(".output-view-content, .panel .output").first().waitFor();
    await page.locator(".view-line", { hasText: "KeyError" }).first().waitFor();
    await editor.screenshot("4-failure");
  });

  await test("a long run has a Cancel button that ends it", async () => {
    await editor.openFile("models/own/slow.py");
    await editor.lens("Run").click();
    const progress = editor.toast("slow");
    await progress.locator(".monaco-button", { hasText: "Cancel" }).click();
    await editor.status().filter({ hasText: "cancelled" }).waitFor();
    await progress.waitFor({ state: "detached" });
  });
}
