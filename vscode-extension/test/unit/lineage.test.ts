import { expect, test } from "vitest";
import { fileToShow } from "../../src/lineage/ask";
import { after, type Statuses } from "../../src/lineage/statuses";
import type { RunEvent } from "../../src/runs/events";

const uri = "file:///shop/models/orders.py";

test("only a lens asks for lineage to be shown", () => {
  expect(fileToShow("dvt.lineage", [{ uri, show: true, select: ["orders"] }])).toBe(uri);
  expect(fileToShow("dvt.lineage", [{ uri }])).toBeUndefined();
  expect(fileToShow("dvt.lineage", [{ show: true }])).toBeUndefined();
  expect(fileToShow("dvt.lineage", [])).toBeUndefined();
  expect(fileToShow("dvt.lastRun", [{ uri, show: true }])).toBeUndefined();
});

test("a run's events colour nodes until the logs tell", () => {
  const run = "run-1";
  let statuses: Statuses = new Map();
  const tell = (event: RunEvent): Readonly<Record<string, string>> => {
    statuses = after(statuses, event);
    return Object.fromEntries(statuses);
  };
  expect(tell({ run, event: "modelStarted", model: "a" })).toEqual({ a: "running" });
  const before = statuses;
  tell({ run, event: "output", model: "a", line: "hello" });
  expect(statuses).toBe(before);
  const failure = { code: "DVT126", message: "no" };
  expect(tell({ run, event: "modelFailed", model: "a", failure, seconds: 1 })).toEqual({
    a: "failed",
  });
  tell({ run, event: "modelSkipped", model: "b", because: "a" });
  tell({ run, event: "modelStarted", model: "c" });
  expect(tell({ run, event: "runFinished", cancelled: true, seconds: 1 })).toEqual({
    b: "skipped",
  });
});
