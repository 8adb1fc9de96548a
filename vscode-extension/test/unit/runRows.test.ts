import { describe, expect, it, test } from "vitest";
import { askFor, askForFailed } from "../../src/runs/asking";
import type { RunEvent } from "../../src/runs/events";
import { noticeOf, type Attention } from "../../src/runs/notices";
import { childrenOf, parentOf, rowOf, spoken } from "../../src/runs/rows";
import type { Runs } from "../../src/runs/state";
import {
  after,
  at,
  customers,
  failed,
  finished,
  last,
  noon,
  of,
  orders,
  skipped,
  started,
  succeeded,
  waiting,
} from "./runEvents";

/** The tree as text: icon, label, description, indented. */
function drawn(runs: Runs, parent?: string, indent = ""): string[] {
  return childrenOf(runs, parent).flatMap((id) => {
    const row = rowOf(runs, id, noon);
    const text = `${indent}${row?.icon} ${row?.label} | ${row?.description}`;
    return [text, ...drawn(runs, id, `${indent}  `)];
  });
}

describe("the tree", () => {
  it("has the newest run first, with its models and their stages", () => {
    const runs = after(
      started(customers, orders),
      at(customers, "extract"),
      succeeded(customers, 3),
      failed(orders),
      finished(),
      { ...started(orders), run: "2" },
      { ...at(orders, "load"), run: "2" },
    );
    expect(drawn(runs)).toEqual([
      "loading~spin +orders | loading, 12:00 on dev",
      "  loading~spin orders | loading",
      "    loading~spin load | main.x",
      "error +orders | 1 of 2 failed, 1.2 s, 12:00 on dev",
      "  pass customers | 3 rows, 1.2 s",
      "    cloud-download extract | main.x, 1.0 s",
      "  error orders | DVT126, 0.5 s",
      "    arrow-small-right ZeroDivisionError: division by zero. | orders.py:3",
    ]);
  });

  test.each<[string, RunEvent[], string]>([
    [
      "waits",
      [waiting(orders)],
      "clock +orders | waiting for another run of the same models, 12:00",
    ],
    [
      "went well",
      [started(orders), succeeded(orders, 1234), finished()],
      "pass +orders | 1 model, 1,234 rows, 1.2 s, 12:00 on dev",
    ],
    [
      "made views only",
      [started(orders), succeeded(orders), finished()],
      "pass +orders | 1 model, 1.2 s, 12:00 on dev",
    ],
    [
      "was cancelled",
      [started(orders), finished(true)],
      "circle-slash +orders | cancelled, 1.2 s, 12:00 on dev",
    ],
    [
      "broke off",
      [started(orders), of({ event: "runBroken", message: "No." })],
      "error +orders | broken off, 12:00 on dev",
    ],
  ])("tells of a run that %s", (_, events, row) => {
    expect(drawn(after(...events))[0]).toBe(row);
  });

  it("names the day of a run once it is over", () => {
    const runs = after(started(orders), finished());
    const [run = ""] = childrenOf(runs);
    const nextDay = noon + 24 * 3_600_000;
    expect(rowOf(runs, run, nextDay)?.description).toMatch(/, 2026-05-05 12:00 on dev$/);
  });

  it("tells of models that were skipped, or not started", () => {
    const run = started(customers, orders, "model.shop.later");
    const runs = after(run, failed(customers), skipped(orders, customers), finished());
    expect(drawn(runs).slice(-2)).toEqual([
      "  debug-step-over orders | skipped: customers failed",
      "  circle-outline later | not started",
    ]);
  });

  it("is read out with what the icons say, once", () => {
    const runs = after(
      started(customers, orders),
      at(customers, "execute"),
      failed(customers),
      skipped(orders, customers),
      finished(),
    );
    const ids = (parent?: string): string[] =>
      childrenOf(runs, parent).flatMap((id) => [id, ...ids(id)]);
    const rows = ids().map((id) => rowOf(runs, id, noon));
    expect(rows.map((row) => row && spoken(row))).toEqual([
      "+orders, failed, 1 of 2 failed, 1.2 s, 12:00 on dev",
      "customers, failed, DVT126, 0.5 s",
      "ZeroDivisionError: division by zero., DVT126, customers.py:3",
      "execute, main.x, 1.0 s",
      "orders, skipped: customers failed",
    ]);
  });

  it("leads to the failing line, else to the model", () => {
    const runs = after(started(customers, orders), succeeded(customers, 1), failed(orders));
    const [run] = childrenOf(runs);
    const places = childrenOf(runs, run).map((id) => rowOf(runs, id, noon)?.place);
    expect(places).toEqual([
      { uri: "file:///shop/models/customers.py" },
      { uri: "file:///shop/models/orders.py", line: 3, column: 5 },
    ]);
  });

  it("knows parents, and nothing of rows that are gone", () => {
    const runs = after(started(customers), failed(customers));
    const [run] = childrenOf(runs);
    const [model] = childrenOf(runs, run);
    const [reason] = childrenOf(runs, model);
    expect([reason, model, run].map((id) => parentOf(id ?? ""))).toEqual([model, run, undefined]);
    expect([run, model, reason].map((id) => rowOf([], id ?? "", noon))).toEqual(
      Array(3).fill(undefined),
    );
    expect(childrenOf([], model)).toEqual([]);
  });

  it("offers what can be done", () => {
    const contextOf = (...events: RunEvent[]): string | undefined => {
      const runs = after(...events);
      return rowOf(runs, childrenOf(runs)[0] ?? "", noon)?.context;
    };
    expect(contextOf(waiting(orders))).toBe("run underWay");
    expect(contextOf(started(orders))).toBe("run underWay log");
    expect(contextOf(started(orders), succeeded(orders, 1), finished())).toBe("run ended log");
    // All of it once more is the same.
    expect(contextOf(started(orders), failed(orders), finished())).toBe("run ended log");
    expect(
      contextOf(started(customers, orders), succeeded(customers), failed(orders), finished()),
    ).toBe("run ended failures log");
  });
});

describe("what is told of a run that ended", () => {
  const attention: Attention = { focused: true, runsVisible: false, files: [] };
  const seen = { ...attention, files: ["file:///shop/models/orders.py"] };
  const long = last(started(orders), succeeded(orders, 1), finished(false, 11));

  test.each<[string, Attention, boolean]>([
    ["looks at another file", attention, true],
    ["looks at the model", seen, false],
    ["looks at the runs", { ...attention, runsVisible: true }, false],
    ["has left the window", { ...seen, focused: false }, true],
  ])("a long one is told of to who %s", (_, now, told) => {
    expect(noticeOf(long, now) !== undefined).toBe(told);
  });

  it("a quick one is not told of", () => {
    const quick = last(started(orders), succeeded(orders, 1), finished(false, 9));
    expect(noticeOf(quick, attention)).toBeUndefined();
    expect(noticeOf(last(started(orders), finished(true, 99)), attention)).toBeUndefined();
  });

  it("a failure is always told of, with its line", () => {
    expect(noticeOf(last(started(orders), failed(orders), finished()), seen)).toMatchObject({
      failed: true,
      place: { uri: "file:///shop/models/orders.py", line: 3 },
    });
  });
});

test("upstream is asked for with each part of a selection", () => {
  const selection = {
    project: "shop",
    projectDir: "/shop",
    select: ["a", "path:models/x"],
    models: [],
  };
  expect(askFor(selection, { upstream: true })).toEqual({
    projectDir: "/shop",
    select: ["+a", "+path:models/x"],
    exclude: [],
    fullRefresh: false,
  });
  expect(askFor({ ...selection, select: [] }, { upstream: true }).select).toEqual([]);
});

test("what failed or was left is asked for again", () => {
  const events = [started(customers, orders), succeeded(customers), failed(orders), finished()];
  expect(askForFailed(last(...events))).toMatchObject({ projectDir: "/shop", select: ["orders"] });
});

test.each([
  ["succeeded", [started(orders), succeeded(orders), finished()]],
  ["goes on", [started(customers, orders), failed(orders)]],
])("a run that %s asks for nothing again, and not for everything", (_, events) => {
  expect(askForFailed(last(...events))).toBeUndefined();
});
