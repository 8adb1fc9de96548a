import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type { Launch } from "../server/launch";

const limitMillis = 180_000;
const backgroundPriority = 10;
const lastWordsLength = 500;

const project: Readonly<Record<string, string>> = {
  "dbt_project.yml": "name: rehearsal\nprofile: rehearsal\n",
  "models/first.sql": "select 1 as id, {{ this }}\n",
  "models/models.yml": "models:\n  - name: first\n    description: The first.\n",
  "models/second.py": `def model(dbt, session):
    dbt.config(materialized="table")
    first = dbt.ref("first")
    missing = dbt.ref("frst")
    return session.sql("select id from __model__first")
`,
};

/**
 * Runs a server through what a window asks of it first, on a small project of its own, and ends it.
 * Nothing of a workspace is read.
 *
 * @throws Error when the server does not answer or ends badly
 */
export async function rehearse(launch: Launch, signal: AbortSignal): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "dvt-rehearsal-"));
  const child = spawn(launch.command, launch.args, {
    cwd: folder,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  const timer = setTimeout(kill, limitMillis);
  signal.addEventListener("abort", kill);
  try {
    const said: string[] = [];
    child.stderr.on("data", (text: Buffer) => said.push(text.toString()));
    const ended = endOf(child, said);
    for (const [name, text] of Object.entries(project)) {
      const file = path.join(folder, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, text);
    }
    stepBack(child);
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    // A connection that breaks is told by the end of the process.
    connection.onError(() => undefined);
    await Promise.race([ask(connection, folder).then(() => ended), ended]);
    connection.dispose();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
    kill();
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function ask(connection: MessageConnection, folder: string): Promise<void> {
  const file = path.join(folder, "models", "second.py");
  const textDocument = { uri: pathToFileURL(file).href };
  const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
  const position = { line: 2, character: 21 };
  const diagnosed = new Promise<void>((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", () => {
      resolve();
    });
  });
  connection.onRequest((method, params) =>
    method === "workspace/configuration" ? itemsOf(params).map(() => null) : null,
  );
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: true } },
        semanticTokens: {
          requests: { full: true },
          tokenTypes: [],
          tokenModifiers: [],
          formats: [],
        },
      },
    },
    initializationOptions: { trusted: false },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: {
      ...textDocument,
      languageId: "python",
      version: 1,
      text: project["models/second.py"],
    },
  });
  await diagnosed;
  const questions: [string, object][] = [
    ["completion", { textDocument, position }],
    ["hover", { textDocument, position }],
    ["documentSymbol", { textDocument }],
    ["codeLens", { textDocument }],
    ["inlayHint", { textDocument, range }],
    ["foldingRange", { textDocument }],
    ["semanticTokens/full", { textDocument }],
    ["codeAction", { textDocument, range, context: { diagnostics: [] } }],
  ];
  for (const [method, params] of questions) {
    // A question that this server refuses is no part of its start.
    await connection.sendRequest(`textDocument/${method}`, params).catch(() => undefined);
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
}

function endOf(child: ChildProcess, said: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) {
        resolve();
      } else {
        const last = said.join("").trim().slice(-lastWordsLength);
        reject(new Error(`Java ended with ${code ?? String(signal)}. ${last}`));
      }
    });
  });
}

/** What makes later starts quicker must not slow this one. */
function stepBack(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) {
      os.setPriority(child.pid, backgroundPriority);
    }
  } catch {
    // not allowed here, or it has ended
  }
}

function itemsOf(params: unknown): readonly unknown[] {
  return (params as { readonly items?: readonly unknown[] } | undefined)?.items ?? [];
}
