import { describe, expect, it, test } from "vitest";
import { breakOff } from "../../src/runs/advance";
import { nameOf, type RunEvent } from "../../src/runs/events";
import { bounded, recalled, remembered } from "../../src/runs/history";
import { isUnderWay, shownRun, unfinishedOf, type Runs } from "../../src/runs/state";
import { askedText, finishedText, rowsText, runningText, secondsText } from "../../src/runs/texts";
import {
  after,
  at,
  customers,
  failed,
  finished,
  last,
  of,
  orders,
  skipped,
  started,
  succeeded,
  waiting,
} from "./runEvents";

const second = (event: RunEvent): RunEvent => ({ ...event, run: "2" });

describe("how a run ended", () => {
  test.each<[string, RunEvent[], string]>([
    [
      "one model",
      [started(customers), succeeded(customers, 3), finished()],
      "Model customers: 3 rows in 1.2 s",
    ],
    ["a view", [started(orders), succeeded(orders), finished()], "Model orders: built in 1.2 s"],
    [
      "two models",
      [started(customers, orders), succeeded(customers, 1200), succeeded(orders, 34), finished()],
      "2 models: 1,234 rows in 1.2 s",
    ],
    [
      "a failure, with what was skipped for it",
      [started(customers, orders), failed(customers), skipped(orders, customers), finished()],
      "Model customers failed (DVT126): Python model 'x' raised ZeroDivisionError: division by zero. Skipped: orders.",
    ],
    [
      "several failures",
      [started(customers, orders), failed(customers), failed(orders), finished()],
      "2 of 2 models failed: customers, orders.",
    ],
    [
      "a cancel",
      [started(customers), finished(true)],
      "Run cancelled after 1.2 s; the tables are as they were before the models that did not finish.",
    ],
    ["nothing", [started(), finished()], "Nothing ran (1.2 s)."],
    [
      "a run that broke off",
      [started(customers), of({ event: "runBroken", message: "The disk is full." })],
      "The run of +orders did not end: The disk is full.",
    ],
  ])("%s", (_, events, sentence) => {
    expect(finishedText(last(...events))).toBe(sentence);
  });

  it("leaves what did not succeed for another try", () => {
    const run = last(
      started(customers, orders, "seed.shop.codes", "model.shop.later"),
      succeeded("seed.shop.codes", 1),
      failed(customers),
      skipped(orders, customers),
      finished(true),
    );
    expect(unfinishedOf(run).map(({ id }) => id)).toEqual([customers, orders, "model.shop.later"]);
  });

  it("takes no part in a later run of the same id: a new server counts anew", () => {
    const runs = after(started(customers), failed(customers), finished(), started(customers));
    expect(runs.map(isUnderWay)).toEqual([false, true]);
    expect(new Set(runs.map((run) => run.key)).size).toBe(2);
  });

  it("leaves no model at work", () => {
    const run = last(started(customers), at(customers, "load"), finished(true));
    expect(run.models[0]?.state.kind).toBe("cancelled");
  });
});

describe("a run under way", () => {
  it("names the model, its stage and its place", () => {
    expect(runningText(last(started(customers, orders)))).toBe("starting");
    expect(
      runningText(last(started(customers, orders), succeeded(customers, 1), at(orders, "load"))),
    ).toBe("orders: loading (2 of 2)");
    const rows = of({ event: "rows", model: customers, stage: "extract", rows: 1200 });
    expect(runningText(last(started(customers), rows))).toBe("customers: extracting, 1,200 rows");
  });

  it("waits until another one has ended, and stays the same run", () => {
    const before = last(waiting(customers));
    expect(runningText(before)).toBe("waiting for another run of the same models");
    const runs = after(waiting(customers), started(customers));
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ key: before.key, target: "dev", state: { kind: "running" } });
  });

  it("times stages, and counts their rows", () => {
    const run = last(
      started(customers),
      at(customers, "extract"),
      of({ event: "rows", model: customers, stage: "extract", rows: 7 }),
      at(customers, "load"),
      succeeded(customers, 7),
    );
    expect(run.models[0]?.stages).toMatchObject([
      { stage: "extract", rows: 7, seconds: 2 },
      { stage: "load", seconds: 1 },
    ]);
  });

  it("ignores events that belong to no run", () => {
    expect(after(succeeded(customers, 1), finished())).toEqual([]);
  });

  it("ends with the server", () => {
    const runs = breakOff(after(started(customers), at(customers, "load")), "It ended.");
    expect(runs[0]).toMatchObject({
      state: { kind: "broken", message: "It ended." },
      models: [{ state: { kind: "cancelled" } }],
    });
  });
});

describe("several runs", () => {
  it("shows the one under way when another has ended", () => {
    const runs = after(started(customers), second(started(orders)), finished());
    expect(shownRun(runs, runs[0]?.key)).toMatchObject({ run: "2", state: { kind: "running" } });
  });

  it("shows the one that was told of last, until it is forgotten", () => {
    const runs = after(started(customers), second(started(orders)), second(finished()), finished());
    expect(shownRun(runs, runs[0]?.key)).toMatchObject({ run: "1" });
    expect(shownRun(runs, undefined)).toBeUndefined();
  });
});

describe("what is remembered", () => {
  const many = (count: number, models: number): Runs => {
    const ids = Array.from({ length: models }, (_, i) => `model.shop.m${i}`);
    const run = last(started(...ids), finished());
    return Array.from({ length: count }, (_, i) => ({ ...run, key: String(i) }));
  };

  it("survives a reload, without what can no longer go on", () => {
    const runs = after(started(customers), failed(customers), finished(), second(started(orders)));
    const again = recalled(JSON.parse(JSON.stringify(remembered(runs))));
    expect(again[0]).toEqual(runs[0]);
    expect(again[1]?.state.kind).toBe("broken");
  });

  it("is nothing when it is of another shape", () => {
    expect(recalled(undefined)).toEqual([]);
    expect(recalled([null, 1, { key: "x" }])).toEqual([]);
  });

  it("has bounds, and always the newest run", () => {
    expect(bounded(many(60, 1)).map((run) => run.key)).toEqual(
      Array.from({ length: 50 }, (_, i) => String(i + 10)),
    );
    expect(bounded(many(3, 2_000)).map((run) => run.key)).toEqual(["1", "2"]);
    expect(bounded(many(2, 9_000)).map((run) => run.key)).toEqual(["1"]);
  });
});

test.each([
  [{ select: [] }, "all models"],
  [{ select: ["path:models/staging"] }, "models/staging"],
  [{ select: ["+orders", "tag:x"], exclude: ["customers"] }, "+orders tag:x without customers"],
  [{ select: ["orders"], fullRefresh: true }, "orders, full refresh"],
])("%j is called %s", (asked, text) => {
  expect(askedText({ projectDir: "/shop", exclude: [], fullRefresh: false, ...asked })).toBe(text);
});

test.each([
  ["model.shop.customers", "customers"],
  ["model.shop.orders.v2", "orders.v2"],
  ["customers", "customers"],
])("the name of %s is %s", (id, name) => {
  expect(nameOf(id)).toBe(name);
});

test.each([
  [0, "0.0 s"],
  [9.94, "9.9 s"],
  [12.4, "12 s"],
  [59.6, "1 min 0 s"],
  [125, "2 min 5 s"],
])("%d seconds are %s", (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});

test("rows are counted", () => {
  expect([0, 1, 1234567].map(rowsText)).toEqual(["0 rows", "1 row", "1,234,567 rows"]);
});
