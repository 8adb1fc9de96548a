// A page of dist/web as a webview shows it: VS Code's side is played by the test.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { firstColor } from "../workbench/png.mjs";
import { themes } from "./themes.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const web = path.join(root, "dist", "web");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const origin = "http://webview.test/";

export class Pages {
  constructor(browser, screenshots) {
    this.browser = browser;
    this.screenshots = screenshots;
  }

  /**
   * Opens dist/web/<name>.js. What it posts is in `await posted()`; `send(message)` is VS Code's.
   * @param {"light" | "dark" | "high-contrast"} theme
   */
  async open(name, theme = "light") {
    await this.page?.close();
    const page = await this.browser.newPage();
    this.page = page;
    const errors = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.route(`${origin}**`, (route) => {
      const file = path.join(web, new URL(route.request().url()).pathname);
      return fs.existsSync(file) && fs.statSync(file).isFile()
        ? route.fulfill({ path: file })
        : route.fulfill({ contentType: "text/html", body: html(name, theme) });
    });
    await page.addInitScript(() => {
      const posted = [];
      let state;
      Object.assign(globalThis, {
        posted,
        acquireVsCodeApi: () => ({
          postMessage: (message) => posted.push(structuredClone(message)),
          getState: () => state,
          setState: (next) => (state = next),
        }),
      });
    });
    await page.goto(`${origin}?page`);
    return {
      page,
      errors,
      send: (message) => page.evaluate((data) => window.postMessage(data, "*"), message),
      posted: () => page.evaluate(() => globalThis.posted),
      /** Waits for a message to VS Code that has these fields. */
      awaitPosted: (fields) =>
        page
          .waitForFunction(
            (wanted) =>
              globalThis.posted.find((message) =>
                Object.entries(wanted).every(
                  ([key, value]) => JSON.stringify(message[key]) === JSON.stringify(value),
                ),
              ),
            fields,
          )
          .then((found) => found.jsonValue()),
      /** VS Code's side of another theme, chosen while the page is open. */
      turn: (theme) =>
        page.evaluate(
          ([style, kind]) => {
            document.body.className = kind;
            document.body.dataset.vscodeThemeKind = kind;
            document.documentElement.setAttribute("style", style);
          },
          [styleOf(theme), themes[theme].kind],
        ),
      /** The colour on the screen, as CSS writes it. */
      colorAt: async (x, y) =>
        firstColor(await page.screenshot({ clip: { x, y, width: 1, height: 1 } })),
      /** What axe finds wrong, a line each. */
      accessibility: async () => {
        await page.addScriptTag({ path: axe });
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} (${v.help})`));
      },
    };
  }

  async screenshot(name) {
    fs.mkdirSync(this.screenshots, { recursive: true });
    const file = `${name.replaceAll(/\W+/g, " ").trim()}.png`;
    await this.page?.screenshot({ path: path.join(this.screenshots, file) });
  }
}

function styleOf(theme) {
  const variables = Object.entries(themes[theme].colors);
  return variables.map(([key, value]) => `--vscode-${key}: ${value};`).join(" ");
}

function html(name, theme) {
  const { kind } = themes[theme];
  return `<!doctype html><html lang="en" style="${styleOf(theme)}">
<head><meta charset="utf-8"><title>${name}</title>
<style>body { background: var(--vscode-editor-background); color: var(--vscode-editor-foreground);
  font: 13px sans-serif; margin: 0; padding: 0 20px; }</style>
<link rel="stylesheet" href="${name}.css"></head>
<body class="${kind}" data-vscode-theme-kind="${kind}"><main id="page" data-web="${origin}"></main>
<script src="${name}.js"></script></body></html>`;
}
