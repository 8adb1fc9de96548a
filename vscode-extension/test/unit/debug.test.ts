import { describe, expect, test } from "vitest";
import {
  attachTo,
  debugCommand,
  launchOf,
  launchOfOpenFile,
  launchProblem,
  type Mode,
} from "../../src/debug/configuration";
import { adapterNews, endingOf } from "../../src/debug/messages";
import { looksLikeModel, modelSelector } from "../../src/debug/models";
import { executesCode } from "../../src/trust";

const file = "/shop/models/daily sales.py";
const uri = "file:///shop/models/daily%20sales.py";

test.each([
  ["def model(dbt, session):\n    return 1\n", true],
  ["import pandas\n\ndef  model (dbt, session): ...", true],
  ["if True:\n    def model(dbt, session): ...", true],
  ["def models(dbt): ...", false],
  ["# def model(dbt, session)", false],
  ['text = "def model("', false],
])("%j looks like a model: %s", (text, expected) => {
  expect(looksLikeModel(text)).toBe(expected);
});

test("a model is selected by its file's name", () => {
  expect(modelSelector(file, false)).toBe("daily sales");
  expect(modelSelector("/shop/models/orders.v2.py", true)).toBe("+orders.v2");
});

test("debugging needs trust", () => {
  expect(executesCode("dvt.debugAdapter")).toBe(true);
});

describe("a launch configuration", () => {
  test("of a file previews it, that of launch.json the open one", () => {
    expect(launchOf(file)).toMatchObject({ name: "Debug daily sales", model: file });
    expect(launchProblem(launchOf(file))).toBeUndefined();
    expect(launchOfOpenFile).toMatchObject({ model: "${file}", mode: "preview" });
  });

  test.each([undefined, "", "/shop/models/orders.sql"])("of %j is refused", (model) => {
    const launch = { type: "dvt", request: "launch", name: "Debug" };
    expect(launchProblem(model === undefined ? launch : { ...launch, model })).toMatch(
      /^Open the Python model .*"model"/,
    );
  });

  test("with an unknown mode says which there are", () => {
    const launch = { ...launchOf(file), mode: "load" as Mode };
    expect(launchProblem(launch)).toBe(
      '"mode" of the launch configuration "Debug daily sales" is "load". Write one of these: preview, run, runWithUpstream.',
    );
  });

  test("becomes one for an adapter that waits for the model on this machine only", () => {
    const attach = attachTo(launchOf(file));
    expect(attach).toMatchObject({
      request: "attach",
      listen: { host: "127.0.0.1", port: 0 },
      justMyCode: true,
    });
    expect(attachTo({ ...launchOf(file), justMyCode: false }).justMyCode).toBe(false);
  });
});

describe("the server is asked", () => {
  test.each([
    [undefined, "dvt.preview", "daily sales"],
    ["preview", "dvt.preview", "daily sales"],
    ["run", "dvt.run", "daily sales"],
    ["runWithUpstream", "dvt.run", "+daily sales"],
  ] as const)("for mode %s by %s of %s", (mode, command, selector) => {
    const launch = { type: "dvt", request: "launch", name: "Debug", model: file };
    const asked = debugCommand(mode === undefined ? launch : { ...launch, mode }, uri, 41234);
    expect(asked).toEqual({
      command,
      argument: { uri, select: [selector], debug: { connect: 41234 } },
    });
  });

  test("with the target and a full refresh of the configuration", () => {
    const launch = { ...launchOf(file), target: "prod", fullRefresh: true };
    expect(debugCommand(launch, uri, 1).argument).toMatchObject({
      target: "prod",
      fullRefresh: true,
    });
  });
});

test.each([
  [{ type: "event", event: "debugpyWaitingForServer", body: { port: 7 } }, "waiting"],
  [{ type: "event", event: "initialized" }, "connected"],
  [{ type: "event", event: "terminated" }, "over"],
  [{ type: "event", event: "stopped", body: {} }, undefined],
  [{ type: "response", command: "initialize" }, undefined],
])("the adapter's message %j is news: %s", (message, kind) => {
  expect(adapterNews(message)?.kind).toBe(kind);
});

test.each([
  [{ previews: [{ name: "m", rowCount: 1 }] }, false, "m returned 1 row. Nothing was loaded."],
  [{ previews: [{ name: "m", rowCount: 12345 }] }, false, "m returned 12,345 rows."],
  [{ previews: [{ name: "m" }] }, false, "m returned its rows."],
  [
    { previews: [], failures: [{ model: "m", failure: { code: "DVT126", message: "no" } }] },
    true,
    "DVT126: no",
  ],
])("the ending of %j is told", (answer, failed, text) => {
  const ending = endingOf(answer);
  expect(ending?.failed).toBe(failed);
  expect(ending?.text).toContain(text);
});

test("a session that was cancelled has nothing to tell", () => {
  expect(endingOf(undefined)).toBeUndefined();
});
