// A project that was never run on this machine: what is missing is said, and made with a click.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { processesWith, until } from "./processes.mjs";
import { pythonExtension } from "./pythonExtension.mjs";
import { expect } from "./suite.mjs";

/** Nothing is prepared; the Python extension is a stand-in. */
export const freshMachine = {
  environment: {
    ...{ DVT_TOOLS_DIR: "", DVT_VENV: "", VIRTUAL_ENV: "", CONDA_PREFIX: "" },
    PATH: "/usr/bin:/bin",
    VSCODE_CLI: "1", // else a shell is asked for another PATH
  },
  extensions: [pythonExtension],
};

/** Downloads of a hundred megabytes, and pip. */
const makingMillis = 600_000;

/** The page of the doctor that can be seen. */
function doctorPage(page) {
  return page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
}

export async function setupTests({ editor, test, port, project, data }) {
  const { page } = editor;
  const python = page.locator("[id$='dvt.python']");
  const pythonSays = (text, options) => python.filter({ hasText: text }).waitFor(options);
  const doctor = doctorPage(page);
  const doctorSays = (text, options) =>
    doctor.getByRole("status").filter({ hasText: text }).waitFor(options);
  const offer = editor.toast("To run, the models of shop need");
  const rows = page.locator(".quick-input-list .monaco-list-row");
  /** In the environment that is made, a package or a part of it. */
  const installed = (name) => {
    const library = path.join(project, ".dvt", "venv", "lib");
    return (
      fs.existsSync(library) &&
      fs
        .readdirSync(library)
        .some((python) => fs.existsSync(path.join(library, python, "site-packages", name)))
    );
  };
  const settings = () => {
    const file = path.join(project, ".vscode", "settings.json");
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  };

  await test("the status bar says which Python and why, and what is missing is offered", async () => {
    await editor.open(port, project, "models/ingest/calendar.py");
    await offer.locator(".monaco-button", { hasText: "Create Environment" }).waitFor();
    expect(await offer.textContent(), /Sling and the DuckDB program, which are not/, "the offer");
    await pythonSays(/Python 3\.\d+ \(PATH\): \d missing/);
    await python.hover();
    await page.locator(".monaco-hover:visible", { hasText: "it is the first on PATH" }).waitFor();
    await editor.screenshot("setup-1-offer");
    await page.mouse.move(640, 320); // Escape would hide the offer, too
  });

  await test("from the offer one gets to the doctor, which says what is missing", async () => {
    await offer.locator(".monaco-button", { hasText: "Show All" }).click();
    await doctorSays(/\d things are missing or wrong/);
    await doctor.getByRole("button", { name: "Create Environment: sling" }).waitFor();
    const profile = doctor.getByRole("region", { name: "Profile" });
    expect(await profile.textContent(), /target warehouse/, "the profile");
    await offer.waitFor({ state: "detached" });
    await editor.screenshot("setup-2-doctor");
  });

  await test("who has answered the offer is not asked again", async () => {
    await editor.open(port, project, "models/ingest/calendar.py");
    await pythonSays(/: \d missing/);
    await editor.command("DVT: Doctor");
    await doctorSays(/\d things are missing or wrong/);
    expect(await offer.count(), 0, "offers");
  });

  await test("cancelled, nothing half-made is taken for an environment", async () => {
    await doctor.getByRole("button", { name: "Create Environment: sling" }).click();
    const progress = editor.toast("Creating the environment of shop");
    // In the midst of the packages: the first ones are there.
    await until("the packages", () => installed("numpy"), makingMillis);
    await progress.getByRole("button", { name: "Cancel" }).click();
    await page.locator(".statusbar-item", { hasText: "cancelled. What is whole stays." }).waitFor();
    await doctorSays(/\d things? (?:is|are) missing or wrong/);
    await doctor.getByRole("button", { name: "Create Environment: duckdb", exact: true }).waitFor();
    expect(await doctor.getByRole("button", { name: /: sling$/ }).count(), 0, "offers of Sling");
    await pythonSays(/Python 3\.\d+ \(PATH\): \d missing/);
    await progress.waitFor({ state: "detached" });
    await until("pip's end", () => processesWith(project, "pip").length === 0);
    await editor.screenshot("setup-8-cancelled");
  });

  await test("a click makes the environment, with progress", async () => {
    await doctor.getByRole("button", { name: "Create Environment: duckdb", exact: true }).click();
    const progress = editor.toast("Creating the environment of shop");
    await progress.locator(".monaco-button", { hasText: "Cancel" }).waitFor();
    await doctorSays("Create Environment…");
    await pythonSays("Creating the environment");
    await editor.screenshot("setup-3-progress");
    await doctorSays("All that runs need is there", { timeout: makingMillis });
    await pythonSays(/^Python 3\.\d+ \(\.dvt\/venv\)$/);
    expect(await doctor.locator("li.failed").count(), 0, "failures");
    await editor.screenshot("setup-4-ready");
  });

  await test("a model runs in it at once", async () => {
    await editor.openFile("models/ingest/calendar.py");
    await editor.lens("Run").click();
    await editor.status().filter({ hasText: "366 rows in" }).waitFor();
  });

  await test("another interpreter is chosen from those that are there", async () => {
    await editor.asking("DVT: Choose Python Interpreter");
    await rows.filter({ hasText: "In use: `dvt-ls env create` made it" }).waitFor();
    await editor.screenshot("setup-5-choose");
    await rows.filter({ hasText: "(PATH)" }).first().click();
    await pythonSays(/missing/);
    expect(settings()["dvt.python.interpreter"], /^\/usr\/.*python3/, "the setting");
    await editor.toast("To run, the models of shop need").waitFor();
    await editor.screenshot("setup-6-chosen");
  });

  await test("the choice is taken back with a click on the status bar", async () => {
    await python.click();
    await editor.choose("Find It Again", "Find It Again");
    await pythonSays(/\(\.dvt\/venv\)$/);
    expect(settings()["dvt.python.interpreter"], undefined, "the setting");
  });

  await test("a package that the project's own environment lacks is installed by a click", async () => {
    const own = path.join(project, ".venv");
    execFileSync("/usr/bin/python3", ["-m", "venv", own]);
    await pythonSays(/\(\.venv\): 2 missing$/);
    await editor.command("DVT: Doctor");
    const pytz = doctor.getByRole("listitem").filter({ hasText: "pytz" });
    const install = doctor.getByRole("button", { name: "Install pytz: pytz" });
    await install.click();
    await editor.toast(`pytz was installed into ${own}`).waitFor();
    await install.waitFor({ state: "detached" });
    expect(await pytz.textContent(), /20\d\d\.\d/, "pytz");
    await editor.screenshot("setup-9-installed");
    fs.rmSync(own, { recursive: true });
    await pythonSays(/\(\.dvt\/venv\)$/, { timeout: 30_000 });
  });

  await test("what the Python extension has chosen is taken, and followed", async () => {
    const environment = path.join(data, "its env");
    fs.mkdirSync(path.join(environment, "bin"), { recursive: true });
    fs.symlinkSync("/usr/bin/python3", path.join(environment, "bin", "python"));
    fs.writeFileSync(path.join(environment, "pyvenv.cfg"), "version = 3.11.2\n");
    const choose = async (typed) => {
      await editor.asking("Stand-in: Choose Environment");
      const input = page.locator(".quick-input-widget input[type=text]").first();
      await page.locator(".quick-input-message", { hasText: "Environment" }).waitFor();
      await input.fill(typed);
      await page.keyboard.press("Enter");
      await input.waitFor({ state: "hidden" });
    };
    await choose(environment);
    await pythonSays("(its env)");
    await python.hover();
    await page
      .locator(".monaco-hover:visible", { hasText: "the editor's extension for Python uses it" })
      .waitFor();
    await page.keyboard.press("Escape");
    await choose("");
    await pythonSays(/\(\.dvt\/venv\)$/);
  });

  await test("the walkthrough leads from opening to lineage", async () => {
    await editor.asking("Welcome: Open Walkthrough...");
    await editor.choose("Get Started with DVT", "Get Started with DVT Python Models");
    const walkthrough = page.locator(".gettingStartedContainer");
    const titles = [
      "Open a project",
      "Find mistakes",
      "Run a model",
      "Preview",
      "Follow the lineage",
    ];
    const step = (title) => walkthrough.locator(".getting-started-step", { hasText: title });
    for (const title of titles) {
      await step(title).waitFor();
    }
    await editor.screenshot("setup-7-walkthrough");
  });
}
