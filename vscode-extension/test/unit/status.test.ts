import { expect, test } from "vitest";
import { statusText, type Status } from "../../src/status/text";
import { at, customers, failed, finished, last, started, succeeded } from "./runEvents";

const running: Status = {
  server: { kind: "running" },
  run: undefined,
  runs: 0,
  trusted: true,
  target: "prod",
};
const underWay = last(started(customers), at(customers, "load"));

test.each<[string, Partial<Status>, string, string]>([
  ["starting", { server: { kind: "starting" } }, "$(loading~spin) DVT", "plain"],
  [
    "failed",
    { server: { kind: "failed", reason: "No Java.", cause: "java" } },
    "$(error) DVT",
    "error",
  ],
  ["idle", {}, "$(database) DVT: prod", "plain"],
  ["the profile's own target", { target: undefined }, "$(database) DVT", "plain"],
  ["untrusted", { trusted: false }, "$(shield) DVT: prod", "plain"],
  ["a run", { run: underWay, runs: 1 }, "$(loading~spin) DVT: dev, customers: loading", "plain"],
  [
    "several runs",
    { run: underWay, runs: 3 },
    "$(loading~spin) DVT: dev, customers: loading and 2 more",
    "plain",
  ],
  [
    "a run that went well",
    { run: last(started(customers), succeeded(customers, 3), finished()) },
    "$(check) DVT: dev, Model customers: 3 rows in 1.2 s",
    "plain",
  ],
  [
    "a run that failed",
    { run: last(started(customers), failed(customers), finished()) },
    "$(error) DVT: dev, customers failed",
    "error",
  ],
  [
    "a cancelled run",
    { run: last(started(customers), finished(true)) },
    "$(circle-slash) DVT: dev, cancelled",
    "plain",
  ],
])("the status bar shows %s", (_, status, text, weight) => {
  expect(statusText({ ...running, ...status })).toMatchObject({ text, weight });
});

test("the reason of a failure is in the tooltip", () => {
  const server = { kind: "failed", reason: "No Java.", cause: "java" } as const;
  expect(statusText({ ...running, server }).tooltip).toBe("No Java.");
});
