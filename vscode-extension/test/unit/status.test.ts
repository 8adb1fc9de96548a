import { expect, test } from "vitest";
import { idle, type RunView } from "../../src/runs/view";
import { statusText, type Status } from "../../src/status/text";

const running: Status = { server: { kind: "running" }, run: idle, trusted: true, target: "dev" };
const run = {
  run: "1",
  target: "prod",
  total: 1,
  successes: [{ model: "customers", relation: "main.customers", rows: 3 }],
  failures: [],
  skipped: [],
};
const failure = { code: "DVT126", message: "ValueError: no." };
const finished: RunView = { kind: "finished", cancelled: false, seconds: 1.2, ...run };

test.each<[string, Partial<Status>, string, string]>([
  ["starting", { server: { kind: "starting" } }, "$(loading~spin) DVT", "plain"],
  [
    "failed",
    { server: { kind: "failed", reason: "No Java.", cause: "java" } },
    "$(error) DVT",
    "error",
  ],
  ["idle", {}, "$(database) DVT: dev", "plain"],
  ["the profile's own target", { target: undefined }, "$(database) DVT", "plain"],
  ["untrusted", { trusted: false }, "$(shield) DVT: dev", "plain"],
  [
    "a run",
    {
      run: { ...run, kind: "running", step: { model: "customers", stage: "load" }, successes: [] },
    },
    "$(loading~spin) DVT: prod, customers: loading",
    "plain",
  ],
  [
    "a run that went well",
    { run: finished },
    "$(check) DVT: prod, Model customers: 3 rows in 1.2 s",
    "plain",
  ],
  [
    "a run that failed",
    { run: { ...finished, successes: [], failures: [{ model: "customers", failure }] } },
    "$(error) DVT: prod, customers failed",
    "error",
  ],
  [
    "a cancelled run",
    { run: { ...finished, cancelled: true } },
    "$(circle-slash) DVT: prod, cancelled",
    "plain",
  ],
])("the status bar shows %s", (_, status, text, weight) => {
  expect(statusText({ ...running, ...status })).toMatchObject({ text, weight });
});

test("the reason of a failure is in the tooltip", () => {
  const server = { kind: "failed", reason: "No Java.", cause: "java" } as const;
  expect(statusText({ ...running, server }).tooltip).toBe("No Java.");
});
