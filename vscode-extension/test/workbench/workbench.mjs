// One window of VS Code with the packaged extension: a fresh server and a fresh browser.
import fs from "node:fs";
import path from "node:path";
import { Editor, openBrowser } from "./editor.mjs";
import { installExtension, startServer } from "./server.mjs";

/** A folder that holds one folder alone keeps its row in the explorer once it is unfolded. */
const asOpened = { "explorer.compactFolders": false };

/**
 * Starts a workbench in folder/name, gives it to the body, and ends it.
 * @param {(workbench: {editor: Editor, port: number, data: string}) => Promise<void>} body
 */
export async function withWorkbench(options, body) {
  const { vscode, vsix, folder, name, screenshots } = options;
  const data = path.join(folder, name);
  fs.mkdirSync(path.join(data, "data", "Machine"), { recursive: true });
  fs.writeFileSync(
    path.join(data, "data", "Machine", "settings.json"),
    JSON.stringify({ ...asOpened, ...options.settings }),
  );
  const others = (options.extensions ?? []).map((make) => make(data));
  [vsix, ...others].forEach((each) => installExtension(vscode, data, each));
  const server = await startServer(vscode, data, options);
  const browser = await openBrowser(path.join(folder, `${name}-browser`), options.browser);
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    await body({ editor: new Editor(page, screenshots), port: server.port, data });
  } finally {
    await browser.close();
    await server.stop();
  }
}
