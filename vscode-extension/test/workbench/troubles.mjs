// What a user meets when the server is slow, ends, or keeps ending.
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { placeAfter } from "./project.mjs";
import { serversIn, until } from "./processes.mjs";
import { expect } from "./suite.mjs";

/** The clipboard is the browser's. */
export const withClipboard = {
  browser: { permissions: ["clipboard-read", "clipboard-write"] },
};

export async function slowStartTests({ editor, test, port, project, data }) {
  const { page } = editor;
  const gate = path.join(data, "gate");
  const program = path.join(data, "slow jdk", "bin", "java");
  const java = execFileSync("sh", ["-c", "command -v java"], { encoding: "utf8" }).trim();
  const script = `#!/bin/sh
case "$*" in
  *" lsp") while [ ! -e '${gate}' ]; do sleep 0.1; done ;;
esac
exec '${java}' "$@"
`;
  fs.mkdirSync(path.dirname(program), { recursive: true });
  fs.writeFileSync(program, script, { mode: 0o755 });
  fs.writeFileSync(
    path.join(data, "data", "Machine", "settings.json"),
    JSON.stringify({ "dvt.java.home": path.join(data, "slow jdk") }),
  );
  const [line] = placeAfter("vip_report.py", "dbt.config(");

  await test("while the server takes long to start, one types and saves as ever", async () => {
    await editor.open(port, project, "models/own/vip_report.py");
    await editor.status().locator(".codicon-loading").waitFor();
    await editor.goTo(line + 1, 1);
    // At a user's pace at most: a window that waits for the server would show nothing.
    await page.keyboard.type('    more = dbt.ref("nowhere_at_all")');
    await editor.code.locator(".view-line", { hasText: "nowhere_at_all" }).waitFor();
    await page.keyboard.press("Control+S");
    const file = path.join(project, "models", "own", "vip_report.py");
    await until("the saved text", () => fs.readFileSync(file, "utf8").includes("nowhere_at_all"));
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+Y");
    expect(await editor.errorSquiggles().count(), 0, "problems before the server is there");
    await editor.status().locator(".codicon-loading").waitFor();
    await editor.screenshot("slow-1-starting");
  });

  await test("a command says that it waits, and nothing hangs", async () => {
    await editor.command("DVT: Check Project");
    await editor.toast("The DVT language server is not running").waitFor();
    await editor.command("Notifications: Clear All Notifications");
  });

  await test("once it is there, what was typed meanwhile is checked", async () => {
    fs.writeFileSync(gate, "");
    await editor.command("Problems: Focus on Problems View");
    const rows = page.locator(".markers-panel .monaco-list-row");
    await rows.filter({ hasText: "nowhere_at_all" }).first().waitFor();
    await editor.status().locator(".codicon-database").waitFor();
  });
}

export async function crashTests({ editor, test, port, project, data }) {
  const { page } = editor;
  const [line] = placeAfter("vip_report.py", "dbt.config(");
  const kill = async () => {
    const [running] = await until("a server", () => {
      const all = serversIn(data);
      return all.length > 0 && all;
    });
    process.kill(running, "SIGKILL");
    await until("its end", () => !serversIn(data).includes(running));
  };

  await test("a server that ends is started again, and it is said", async () => {
    await editor.open(port, project, "models/own/vip_report.py");
    await editor.errorSquiggles().first().waitFor();
    await kill();
    const toast = editor.toast("ended unexpectedly (1 of 5); it is started again");
    await toast.locator(".monaco-button", { hasText: "Show Log" }).waitFor();
    await editor.screenshot("crash-1-restarted");
    await editor.status().locator(".codicon-database").waitFor();
    await editor.command("Notifications: Clear All Notifications");
    await editor.goTo(line + 1, 1);
    await page.keyboard.type('    more = dbt.ref("nowhere_at_all")');
    await (await editor.problems()).filter({ hasText: "nowhere_at_all" }).first().waitFor();
  });

  await test("after five ends it stays away, with a report to copy", async () => {
    for (let crash = 2; crash <= 5; crash++) {
      await kill();
    }
    const toast = editor.toast("ended unexpectedly 5 times and is not started again");
    await toast.waitFor();
    await editor.status().locator(".codicon-error").waitFor();
    expect(serversIn(data).length, 0, "servers");
    expect(await editor.toast("(2 of 5)").count(), 0, "messages of the ends between");
    await editor.screenshot("crash-2-five");
    await toast.locator(".monaco-button", { hasText: "Copy Report" }).click();
    await page.locator(".statusbar-item", { hasText: "Copied the report." }).waitFor();
    const report = await page.evaluate(() => globalThis.navigator.clipboard.readText());
    expect(report, /^The DVT language server ended unexpectedly 5 times/, "the report");
    expect(report, /DVT extension \d+\.\d+\.\d+, VS Code \d/, "the versions in it");
    expect(report, /\[info\] Starting .*dvt-ls\.jar lsp/, "the start in it");
    expect(report, /ended unexpectedly \(4 of 5\)/, "the end of the log in it");
  });

  await test("a start by hand tries anew", async () => {
    await editor.command("DVT: Restart Language Server");
    await editor.status().locator(".codicon-database").waitFor();
    await editor.goTo(line + 2, 1);
    await page.keyboard.type('    again = dbt.ref("nowhere_again")\n');
    await (await editor.problems()).filter({ hasText: "nowhere_again" }).first().waitFor();
  });
}
