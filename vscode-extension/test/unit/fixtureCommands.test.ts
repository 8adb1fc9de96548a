import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Uri } from "vscode";
import type { ServerCommands } from "../../src/commands";
import type { Answer } from "../../src/fixture/answer";
import { registerFixtures } from "../../src/fixture/register";

interface Message {
  readonly text: string;
  readonly actions: readonly string[];
}

/** The window, where a test says which button is clicked. */
const editor = vi.hoisted(() => ({
  commands: new Map<string, (file?: unknown) => Promise<void>>(),
  executed: [] as unknown[][],
  said: [] as Message[],
  clicks: [] as (string | undefined)[],
  active: undefined as { document: { uri: unknown } } | undefined,
}));

vi.mock("vscode", () => {
  const say = (text: string, ...actions: string[]): Promise<string | undefined> => {
    editor.said.push({ text, actions });
    return Promise.resolve(editor.clicks.shift());
  };
  return {
    Disposable: { from: () => ({ dispose: () => undefined }) },
    Uri: { parse: (text: string) => text },
    commands: {
      registerCommand: (name: string, act: (file?: unknown) => Promise<void>) =>
        editor.commands.set(name, act),
      executeCommand: (...args: unknown[]) => Promise.resolve(editor.executed.push(args)),
    },
    window: {
      showInformationMessage: say,
      showErrorMessage: say,
      get activeTextEditor() {
        return editor.active;
      },
    },
    workspace: {
      getConfiguration: () => ({ get: (key: string) => ({ limit: 7, format: "parquet" })[key] }),
    },
  };
});

const folder = "file:///shop/fixtures/orders";
const files = [{ name: "raw.t", uri: `${folder}/raw.t.csv`, kept: false, rows: 2, total: 2 }];
const saved: Answer = {
  saved: [{ name: "orders", folder, files }],
  failures: [],
  cancelled: false,
};
const kept: Answer = {
  ...saved,
  saved: [{ name: "orders", folder, files: files.map((file) => ({ ...file, kept: true })) }],
};

function file(path: string): Uri {
  return { scheme: "file", path, toString: () => `file://${path}` } as unknown as Uri;
}

const orders = file("/shop/models/orders.py");
const wanted = { uri: "file:///shop/models/orders.py", limit: 7, format: "parquet" };

describe("the commands for fixtures", () => {
  const sent: unknown[][] = [];
  let answers: (Answer | undefined)[] = [];

  beforeEach(() => {
    editor.executed.length = 0;
    editor.said.length = 0;
    editor.clicks.length = 0;
    editor.active = undefined;
    sent.length = 0;
    answers = [];
    const commands = {
      execute: (...args: unknown[]) => {
        sent.push(args);
        return Promise.resolve(answers.shift());
      },
    };
    registerFixtures(commands as unknown as ServerCommands);
  });

  const call = (name: string, on?: Uri): Promise<void> | undefined =>
    editor.commands.get(name)?.(on);

  it("save what the model of the menu reads, as the settings say", async () => {
    answers = [saved];
    await call("dvt.saveUpstreamAsFixture", orders);
    expect(sent).toEqual([["dvt.saveFixture", [{ ...wanted, replace: false }]]]);
    expect(editor.said).toEqual([
      { text: "Saved for orders: raw.t (2 rows).", actions: ["Run on Fixture", "Show Files"] },
    ]);
  });

  it("run on what was saved, of the model that is edited", async () => {
    answers = [saved];
    editor.active = { document: { uri: orders } };
    editor.clicks = ["Run on Fixture"];
    await call("dvt.saveUpstreamAsFixture");
    expect(sent[1]).toEqual(["dvt.preview", [{ uri: wanted.uri, fixture: true, show: true }]]);
    await call("dvt.runOnFixture");
    expect(sent[2]).toEqual(sent[1]);
  });

  it("replace what was kept when the user says so, and show the files", async () => {
    answers = [kept, saved];
    editor.clicks = ["Replace", "Show Files"];
    await call("dvt.saveUpstreamAsFixture", orders);
    expect(editor.said[0]?.actions).toContain("Replace");
    expect(sent[1]).toEqual(["dvt.saveFixture", [{ ...wanted, replace: true }]]);
    expect(editor.executed).toEqual([["revealInExplorer", `${folder}/raw.t.csv`]]);
  });

  it("say what failed, and nothing where the server said why not", async () => {
    answers = [{ ...saved, saved: [], failures: [{ failure: { message: "Build it first." } }] }];
    await call("dvt.saveUpstreamAsFixture", orders);
    expect(editor.said).toEqual([{ text: "Build it first.", actions: [] }]);
    await call("dvt.saveUpstreamAsFixture", orders);
    expect(editor.said).toHaveLength(1);
  });

  it("ask for a model where there is none", async () => {
    await call("dvt.runOnFixture", file("/shop/README.md"));
    await call("dvt.saveUpstreamAsFixture");
    expect(sent).toEqual([]);
    expect(editor.said.map(({ text }) => text)).toEqual([
      "Open the model that you want to work on.",
      "Open the model that you want to work on.",
    ]);
  });
});
