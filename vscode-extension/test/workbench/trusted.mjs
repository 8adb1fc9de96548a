// What a user does in a workspace of their own.
import fs from "node:fs";
import path from "node:path";
import { placeAfter } from "./project.mjs";
import { serversIn, until } from "./processes.mjs";
import { expect } from "./suite.mjs";

export async function trustedTests({ editor, test, port, project, data }) {
  const { page } = editor;
  const serverProcesses = () => serversIn(data);

  await test("an unknown ref is underlined, with its code in Problems", async () => {
    await editor.open(port, project, "models/own/vip_report.py");
    await editor.errorSquiggles().first().waitFor();
    const rows = await editor.problems();
    await rows.filter({ hasText: "DVT120" }).first().waitFor();
    await rows.filter({ hasText: "stg_custmers" }).first().waitFor();
    await editor
      .status()
      .filter({ hasText: /DVT: warehouse$/ })
      .waitFor();
    await editor.screenshot("1-problem");
  });

  await test("a model's name is completed, and the problem goes", async () => {
    await editor.openFile("models/own/vip_report.py");
    await editor.goTo(...placeAfter("vip_report.py", "stg_custmers"));
    await page.keyboard.press("Control+Space");
    const row = page.locator(".suggest-widget.visible .monaco-list-row", {
      hasText: "stg_customers",
    });
    await row.waitFor();
    await editor.screenshot("2-completion");
    await page.keyboard.press("Control+Space"); // once more: what the model is
    await page.locator(".suggest-details", { hasText: "stg_customers.py" }).waitFor();
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
    await page.locator(".part.panel .view-line", { hasText: "KeyError" }).first().waitFor();
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

  await test("suggestions come while a name is typed, before the line is whole", async () => {
    await editor.openFile("models/own/vip_report.py");
    const [line] = placeAfter("vip_report.py", "report = orders");
    await editor.goTo(line + 1, 1);
    // Without a pause between the keys: quicker than the answers come.
    await page.keyboard.type('    days = dbt.ref("cal');
    const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "calendar" });
    await row.waitFor();
    await page.keyboard.press("Tab");
    await editor.code.locator(".view-line", { hasText: 'days = dbt.ref("calendar")' }).waitFor();
  });

  await test("a server that dies is started again and knows what is open", async () => {
    const [before] = serverProcesses();
    process.kill(before, "SIGKILL");
    await until("another server", () => serverProcesses().some((id) => id !== before));
    const [line] = placeAfter("vip_report.py", "dbt.config(");
    await editor.goTo(line + 1, 1);
    await page.keyboard.type('    more = dbt.ref("nowhere_at_all")');
    await editor.errorSquiggles().first().waitFor();
  });

  await test("without a Java, a message says where to set one; with one it goes on", async () => {
    const settings = path.join(data, "data", "Machine", "settings.json");
    fs.writeFileSync(settings, JSON.stringify({ "dvt.java.home": "/opt/no-jdk" }));
    const toast = editor.toast("The setting dvt.java.home names /opt/no-jdk/bin/java");
    await toast.locator(".monaco-button", { hasText: "How to Install Java" }).waitFor();
    await editor.status().locator(".codicon-error").waitFor();
    await editor.screenshot("6-no-java");
    await toast.locator(".monaco-button", { hasText: "Open Settings" }).click();
    await page.locator(".settings-editor .setting-item", { hasText: "Home" }).first().waitFor();
    fs.writeFileSync(settings, "{}");
    await editor.status().locator(".codicon-database").waitFor();
  });
}
