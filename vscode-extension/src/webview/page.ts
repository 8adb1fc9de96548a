import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** What one of the pages in dist/web may load, besides its own script and style. */
export interface PageOptions {
  readonly title: string;
  readonly workers?: boolean;
}

export function webFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "dist", "web");
}

/** The HTML of a page of dist/web. No other script runs in it, and nothing is loaded from outside. */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  name: string,
  options: PageOptions,
): string {
  const folder = webFolder(extension);
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'unsafe-inline'`, // grids and graphs place their parts so
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `script-src 'nonce-${nonce}'`,
    ...(options.workers === true ? [`worker-src blob:`, `connect-src ${webview.cspSource}`] : []),
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${options.title}</title>
<link rel="stylesheet" href="${address(`${name}.css`)}">
</head>
<body>
<main id="page" data-web="${address("")}"></main>
<script nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}
