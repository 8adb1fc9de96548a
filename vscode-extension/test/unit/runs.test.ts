import { describe, expect, it, test } from "vitest";
import { nameOf, type RunEvent } from "../../src/runs/events";
import { finishedText, rowsText, runningText, secondsText } from "../../src/runs/texts";
import { advanceAll, idle, shownRun, type Runs, type RunView } from "../../src/runs/view";

const customers = "model.shop.customers";
const orders = "model.shop.orders";

/** An event of the run `1`. */
type Bare<E> = E extends unknown ? Omit<E, "run"> : never;
const of = (event: Bare<RunEvent>): RunEvent => ({ run: "1", ...event });

const started = (...models: string[]): RunEvent =>
  of({ event: "runStarted", target: "dev", models });
const succeeded = (model: string, rows: number): RunEvent =>
  of({ event: "modelSucceeded", model, relation: "main.x", rows, seconds: 1.23 });
const failed = (model: string): RunEvent =>
  of({
    event: "modelFailed",
    model,
    failure: { code: "DVT126", message: "ZeroDivisionError: division by zero." },
  });
const finished = (cancelled = false): RunEvent =>
  of({ event: "runFinished", cancelled, seconds: 1.23 });

const none: Runs = [];
const after = (...events: RunEvent[]): RunView => shownRun(events.reduce(advanceAll, none));
const end = (...events: RunEvent[]): string => {
  const view = after(...events);
  if (view.kind !== "finished") {
    throw new Error("the run has not ended");
  }
  return finishedText(view);
};

describe("how a run ended", () => {
  test.each<[string, RunEvent[], string]>([
    [
      "one model",
      [started(customers), succeeded(customers, 3), finished()],
      "Model customers: 3 rows in 1.2 s",
    ],
    [
      "two models",
      [started(customers, orders), succeeded(customers, 1200), succeeded(orders, 34), finished()],
      "2 models: 1,234 rows in 1.2 s",
    ],
    [
      "a failure, with what was skipped for it",
      [
        started(customers, orders),
        failed(customers),
        of({ event: "modelSkipped", model: orders, because: customers }),
        finished(),
      ],
      "Model customers failed (DVT126): ZeroDivisionError: division by zero. Skipped: orders.",
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
  ])("%s", (_, events, sentence) => {
    expect(end(...events)).toBe(sentence);
  });

  it("begins afresh with the next run", () => {
    const again = [started(customers), succeeded(customers, 1), finished()];
    expect(end(started(customers), failed(customers), finished(), ...again)).toBe(
      "Model customers: 1 row in 1.2 s",
    );
  });
});

describe("a run under way", () => {
  const text = (...events: RunEvent[]): string => {
    const view = after(...events);
    return view.kind === "running" ? runningText(view) : view.kind;
  };

  it("names the model, its stage and its place", () => {
    expect(text(started(customers, orders))).toBe("starting");
    const loading = of({
      event: "stageStarted",
      model: orders,
      stage: "load",
      detail: "main.orders",
    });
    expect(text(started(customers, orders), succeeded(customers, 1), loading)).toBe(
      "orders: loading (2 of 2)",
    );
    const rows = of({ event: "rows", model: customers, stage: "extract", rows: 1200 });
    expect(text(started(customers), rows)).toBe("customers: extracting, 1,200 rows");
  });

  it("ignores events that belong to no run", () => {
    expect(after(succeeded(customers, 1), finished())).toEqual(idle);
  });
});

describe("several runs", () => {
  const second = (event: RunEvent): RunEvent => ({ ...event, run: "2" });

  it("shows the one under way when another has ended", () => {
    const view = after(started(customers), second(started(orders)), finished());
    expect(view).toMatchObject({ kind: "running", run: "2" });
  });

  it("shows the one that ended last", () => {
    const both = [started(customers), second(started(orders)), second(finished()), finished()];
    expect(after(...both)).toMatchObject({ kind: "finished", run: "1" });
  });
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
