// What a user meets in a folder that they have not trusted: everything but runs.
import fs from "node:fs";
import path from "node:path";

export async function untrustedTests({ editor, test, port, project }) {
  const { page } = editor;
  const hostile = path.join(project, "started-by-the-workspace");
  const previews = () => page.locator(".tab", { hasText: "Preview:" });
  const program = path.join(project, "jdk", "bin", "java");
  fs.mkdirSync(path.dirname(program), { recursive: true });
  fs.writeFileSync(program, `#!/bin/sh\ntouch '${hostile}'\n`, { mode: 0o755 });
  fs.mkdirSync(path.join(project, ".vscode"), { recursive: true });
  fs.writeFileSync(
    path.join(project, ".vscode", "settings.json"),
    JSON.stringify({ "dvt.java.home": path.join(project, "jdk") }),
  );

  await test("models are checked before the folder is trusted", async () => {
    await editor.open(port, project, "models/own/vip_report.py");
    await page.locator(".monaco-button", { hasText: "No, I don't trust" }).click();
    await editor.errorSquiggles().first().waitFor();
  });

  await test("a Java that the workspace's settings name is not started", () => {
    if (fs.existsSync(hostile)) {
      throw new Error("the workspace's program was started");
    }
    return Promise.resolve();
  });

  await test("Run says why it waits", async () => {
    await editor.lens("Run").click();
    const toast = editor.toast("until you trust this workspace");
    await toast.locator(".monaco-button", { hasText: "Manage Workspace Trust" }).waitFor();
    await editor.screenshot("5-untrusted");
    if (fs.existsSync(path.join(project, ".dvt"))) {
      throw new Error("a run left its folder behind");
    }
    await toast.hover();
    await toast.locator(".codicon-notifications-clear").click();
    await toast.waitFor({ state: "detached" });
    await editor.lens("Debug").click();
    await toast.waitFor();
  });

  await test("Preview waits too, and opens no panel", async () => {
    await editor.command("Notifications: Clear All Notifications");
    await editor.lens("Preview").click();
    await editor.toast("until you trust this workspace").waitFor();
    if (fs.existsSync(path.join(project, ".dvt")) || (await previews().count()) > 0) {
      throw new Error("a preview began");
    }
  });

  await test("the doctor and making an environment say so, too", async () => {
    await editor.command("DVT: Doctor");
    const doctor = page
      .frameLocator("iframe.webview.ready:visible")
      .frameLocator("iframe#active-frame");
    await doctor.getByRole("status").filter({ hasText: "until you trust this" }).waitFor();
    await doctor.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
    await editor.screenshot("untrusted-doctor");
    await editor.command("DVT: Create Environment");
    await editor.toast("Creating an environment starts programs").waitFor();
    if (fs.existsSync(path.join(project, ".dvt"))) {
      throw new Error("something was made");
    }
  });
}
