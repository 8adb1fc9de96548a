// A VS Code window in headless Chromium, in the words of a user: open, see, type, click.
import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { until } from "./processes.mjs";

const browserArguments = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const { contributes } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, "..", "..", "package.json"), "utf8"),
);

/** Of commands, by their titles in the palette. */
const ids = new Map([
  ...contributes.commands.map(({ category, title, command }) => [`${category}: ${title}`, command]),
  ["File: New Untitled Text File", "workbench.action.files.newUntitledFile"],
  ["File: Revert File", "workbench.action.files.revert"],
  ["Notifications: Clear All Notifications", "notifications.clearAll"],
  ["Preferences: Color Theme", "workbench.action.selectTheme"],
  ["View: Close Editor", "workbench.action.closeActiveEditor"],
  ["View: Focus First Editor Group", "workbench.action.focusFirstEditorGroup"],
  ["View: Hide Panel", "workbench.action.closePanel"],
  ["View: Revert and Close Editor", "workbench.action.revertAndCloseActiveEditor"],
  ["View: Toggle Maximized Panel", "workbench.action.toggleMaximizedPanel"],
  ["View: Toggle Primary Side Bar Visibility", "workbench.action.toggleSidebarVisibility"],
  ["Welcome: Open Walkthrough...", "welcome.showAllWalkthroughs"],
]);

/** Whether it can be seen within the time. */
function appears(element, timeout) {
  return element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Starts Chromium with a profile of its own; the options are those of a Playwright context. */
export async function openBrowser(profileFolder, options = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!fs.existsSync(executablePath)) {
    throw new Error(`${executablePath} is missing: apt-get install -y chromium, or set CHROMIUM.`);
  }
  const context = await chromium.launchPersistentContext(profileFolder, {
    executablePath,
    args: browserArguments,
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(120_000);
  return context;
}

export class Editor {
  constructor(page, screenshots) {
    this.page = page;
    this.screenshots = screenshots;
  }

  /** Opens a folder with a file in it. */
  async open(port, folder, file) {
    await this.#load(port, { folder }, path.join(folder, file));
  }

  /** Opens a workspace file, with all its folders, and a file of one of them. */
  async openWorkspace(port, workspace, file) {
    await this.#load(port, { workspace }, file);
  }

  async #load(port, what, file) {
    const authority = `127.0.0.1:${port}`;
    const payload = [["openFile", `vscode-remote://${authority}${file}`]];
    const query = new URLSearchParams({ ...what, payload: JSON.stringify(payload) });
    await this.page.goto(`http://${authority}/?${query}`);
    await this.page.locator(".monaco-workbench").waitFor();
  }

  /** The text area of the active editor. */
  get code() {
    return this.page.locator(".editor-group-container.active .monaco-editor").first();
  }

  /** Opens a file through the explorer (quick open needs ripgrep, which is not there). */
  async openFile(file) {
    await this.page.mouse.move(300, 5); // what it tells of the place it was at would cover rows
    const names = file.split("/");
    for (const [depth, name] of names.entries()) {
      const row = this.page
        .locator(`.explorer-folders-view .monaco-list-row[aria-level="${depth + 1}"]`)
        .filter({ has: this.page.locator(".label-name", { hasText: exactly(name) }) });
      if (depth === names.length - 1) {
        await row.dblclick();
      } else {
        await this.#expand(row);
      }
    }
    await this.page.locator(`.tab.active[data-resource-name="${names.at(-1)}"]`).waitFor();
    await this.code.locator(".view-line").first().waitFor();
  }

  async #expand(folder) {
    const expanded = folder.and(this.page.locator('[aria-expanded="true"]'));
    await folder.waitFor();
    for (let tries = 0; tries < 5 && !(await expanded.isVisible()); tries++) {
      await folder.click(); // lost while the explorer turns to another file
      await appears(expanded, 2_000);
    }
  }

  /** Closes what pops up, so that a test begins with a window at rest. */
  async rest() {
    for (const open of [".suggest-widget.visible", ".quick-input-widget:visible"]) {
      if (await this.page.locator(open).isVisible()) {
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Runs a command of the palette. */
  async command(title) {
    const input = await this.asking(title);
    await input.waitFor({ state: "hidden" });
  }

  /**
   * Runs a command of the palette that asks for something, once it is there: its condition may be about the file
   * just opened.
   *
   * @returns the quick input
   */
  async asking(title) {
    const input = this.page.locator(".quick-input-widget input[type=text]").first();
    const row = this.page
      .locator(".quick-input-list .monaco-list-row")
      .getByText(title, { exact: true })
      .first();
    for (let tries = 0; tries < 10; tries++) {
      await this.page.keyboard.press("F1"); // lost while a webview is about to have the keys
      if (!(await appears(input, 5_000))) {
        continue;
      }
      // An id leaves one row. A title leaves all that hold its words, and they move while one clicks.
      await input.fill(`>${ids.get(title) ?? title}`);
      if (await appears(row, 3_000)) {
        await row.click();
        return input;
      }
      await this.page.keyboard.press("Escape");
      await input.waitFor({ state: "hidden" });
    }
    throw new Error(`The palette has no command ${title}.`);
  }

  /** Types into the quick input that is open and takes the row with the text. */
  async choose(typed, rowText, prefix = "") {
    const input = this.page.locator(".quick-input-widget input[type=text]").first();
    await input.waitFor();
    await input.fill(prefix + typed);
    await this.page
      .locator(".quick-input-list .monaco-list-row", { hasText: rowText })
      .first()
      .click();
    await input.waitFor({ state: "hidden" });
  }

  /** Answers the dialog that asks where to save. @returns what it proposed, which ends in the text */
  async saveAs(file, proposalEnd) {
    const input = this.page.locator(".quick-input-widget input[type=text]").first();
    await input.waitFor();
    // It takes its own proposal a moment later, and that in place of what was typed.
    const proposed = await until("the dialog's proposal", async () => {
      const value = await input.inputValue();
      return value.endsWith(proposalEnd) && value;
    });
    await input.fill(file);
    const ok = this.page.locator(".quick-input-widget .quick-input-action .monaco-button").first();
    await until("the dialog to take the name", async () => {
      // While it lists the folder it takes nothing. Enter could come to the editor when it closes.
      await ok.click({ timeout: 1_000 }).catch(() => undefined);
      return !(await input.isVisible());
    });
    return proposed;
  }

  /** Puts the cursor at a place, counted from 1. */
  async goTo(line, column) {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input[type=text]").first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  errorSquiggles() {
    return this.code.locator(".squiggly-error");
  }

  /** Rows of the Problems panel, which is opened. */
  async problems() {
    await this.page.keyboard.press("Control+Shift+M");
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    await rows.first().waitFor();
    return rows;
  }

  lens(title) {
    return this.code.locator(".codelens-decoration a", { hasText: exactly(title) });
  }

  /** A hint between the letters of the code, by its text (VS Code writes its spaces as no-break ones). */
  inlayHint(text) {
    return this.code.locator(".view-line span", { hasText: text.replaceAll(" ", "\u00a0") }).last();
  }

  status() {
    return this.page.locator("#dvtls\\.dvt-ls\\.dvt\\.status, [id$='dvt.status']").first();
  }

  /** The message that pops up with the text. */
  toast(text) {
    return this.page.locator(".notifications-toasts .notification-list-item", { hasText: text });
  }

  async screenshot(name) {
    await this.page.screenshot({ path: this.screenshotFile(name) });
  }

  /** Where a picture of this name is kept. */
  screenshotFile(name) {
    fs.mkdirSync(this.screenshots, { recursive: true });
    return path.join(this.screenshots, `${name}.png`);
  }

  /** A picture of one part of the window, or of the page with a clip. */
  async picture(name, part, options = {}) {
    await part.screenshot({ path: path.join(this.screenshots, `${name}.png`), ...options });
  }
}

export function exactly(text) {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
