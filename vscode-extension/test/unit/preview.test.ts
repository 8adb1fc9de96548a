import { describe, expect, it } from "vitest";
import {
  cellsOf,
  clipboardText,
  failureOf,
  subjectOf,
  subjectToShow,
  titleOf,
} from "../../src/preview/ask";
import type { Filter, Kept } from "../../src/preview/messages";
import { Pages, type Ask } from "../../web/preview/pages";
import { moved, rangeOf, start, within, type Key } from "../../web/preview/selection";
import { age, filterText, rowsText, upstreamText } from "../../web/preview/texts";
import { everything, filtered, fitting, sorted } from "../../web/preview/view";

const uri = "file:///shop/models/my%20orders.py";

describe("what is looked at", () => {
  it("is the file's model when its own name is selected", () => {
    expect(subjectToShow("dvt.preview", [{ uri, select: ["my orders"], show: true }])).toEqual({
      uri,
    });
    expect(subjectOf(uri, "source:raw.t")).toEqual({ uri, select: "source:raw.t" });
    const onFixtures = { uri, fixture: true };
    expect(subjectToShow("dvt.preview", [{ ...onFixtures, show: true }])).toEqual(onFixtures);
    expect(titleOf({ uri, fixture: true })).toBe("my orders on fixtures");
  });

  it("is nothing for another command, or when the answer alone is wanted", () => {
    expect(subjectToShow("dvt.run", [{ uri, show: true }])).toBeUndefined();
    expect(subjectToShow("dvt.preview", [{ uri }])).toBeUndefined();
    expect(subjectToShow("dvt.preview", [])).toBeUndefined();
  });

  it("names the line of a failure", () => {
    const file = "/shop/models/my orders.py";
    const failure = { code: "DVT126", message: "no", file, line: 3, column: 2 };
    expect(failureOf({ failure })).toEqual({
      message: "DVT126: no",
      place: { uri, label: "my orders.py:3", line: 3, column: 2 },
    });
    expect(failureOf({ failure: { code: "x", message: "y" } })).toEqual({ message: "x: y" });
  });
});

describe("the clipboard", () => {
  it("has tabs between values, quotes where they are needed, and nothing for NULL", () => {
    expect(
      clipboardText(
        [
          ["a\tb", null],
          ['"', "12345678901234567890"],
        ],
        ["x", "y"],
      ),
    ).toBe('x\ty\n"a\tb"\t\n""""\t12345678901234567890');
  });

  it("has one cell as it is", () => {
    expect(clipboardText([['a\n"b"']], undefined)).toBe('a\n"b"');
    expect(clipboardText([[null]], undefined)).toBe("");
    expect(cellsOf({ top: 1, bottom: 2, left: 0, right: 3 })).toBe(8);
  });
});

describe("a view", () => {
  it("sorts by a column, the other way, and no more", () => {
    const up = sorted(everything, "a", false);
    expect(up.orderBy).toEqual([{ column: "a", descending: false }]);
    const down = sorted(up, "a", false);
    expect(down.orderBy).toEqual([{ column: "a", descending: true }]);
    expect(sorted(down, "a", false)).toEqual(everything);
  });

  it("keeps the other columns and their places", () => {
    const two = sorted(sorted(everything, "a", true), "b", true);
    expect(sorted(two, "a", true).orderBy).toEqual([
      { column: "a", descending: true },
      { column: "b", descending: false },
    ]);
    expect(sorted(two, "c", false).orderBy).toEqual([{ column: "c", descending: false }]);
  });

  it("has one filter a column, and none of columns that are gone", () => {
    const filter: Filter = { column: "a", op: "=", value: "1" };
    const view = filtered(filtered(everything, "a", filter), "a", { ...filter, value: "2" });
    expect(view.filter).toEqual([{ ...filter, value: "2" }]);
    expect(filtered(view, "a", undefined)).toEqual(everything);
    expect(fitting(sorted(view, "b", false), [{ name: "b", type: "DATE" }])).toEqual({
      orderBy: [{ column: "b", descending: false }],
      filter: [],
    });
  });
});

describe("the selection", () => {
  const size = { rows: 10, columns: 4, page: 5 };
  const key = (name: string, more: Partial<Key> = {}): Key => ({
    key: name,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    ...more,
  });

  it("moves with the keys and stays inside", () => {
    expect(moved(start, key("ArrowUp"), size)?.active).toEqual({ row: 0, column: 0 });
    expect(moved(start, key("PageDown"), size)?.active).toEqual({ row: 5, column: 0 });
    const end = moved(start, key("End", { ctrlKey: true }), size);
    expect(end?.active).toEqual({ row: 9, column: 3 });
    expect(moved(start, key("x"), size)).toBeUndefined();
  });

  it("grows with Shift, and to everything", () => {
    const grown = moved(start, key("ArrowDown", { shiftKey: true }), size) ?? start;
    expect(rangeOf(grown)).toEqual({ top: 0, bottom: 1, left: 0, right: 0 });
    const all = moved(grown, key("a", { ctrlKey: true }), size) ?? start;
    expect(rangeOf(all)).toEqual({ top: 0, bottom: 9, left: 0, right: 3 });
    expect(within(all, { rows: 0, columns: 0, page: 1 }).active).toEqual({ row: 0, column: 0 });
  });
});

describe("pages", () => {
  const pagesOf = (columns: number): { pages: Pages; asked: Ask[] } => {
    const asked: Ask[] = [];
    let id = 0;
    const pages = new Pages(
      columns,
      () => ++id,
      (ask) => asked.push(ask),
    );
    return { pages, asked };
  };
  const rows = (count: number): string[][] => Array.from({ length: count }, (_, i) => [String(i)]);

  it("are asked for once, two at a time, the last that came into sight first", () => {
    const { pages, asked } = pagesOf(200);
    expect(pages.size).toBe(100);
    pages.want(0, 10);
    pages.want(0, 10);
    pages.want(500, 510);
    pages.want(900, 910);
    expect(asked.map((ask) => ask.offset)).toEqual([0, 500]);
    expect(pages.take(1, rows(100))).toBe(true);
    expect(asked.map((ask) => ask.offset)).toEqual([0, 500, 900]);
    expect(pages.cell(7, 0)).toBe("7");
    expect(pages.cell(907, 0)).toBeUndefined();
    expect(pages.take(99, rows(1))).toBe(false);
  });

  it("far away are forgotten", () => {
    const { pages, asked } = pagesOf(200);
    for (let page = 0; page < 60; page++) {
      pages.want(page * 100, page * 100 + 10);
      pages.take(asked.at(-1)?.id ?? 0, rows(100));
    }
    expect(pages.cell(0, 0)).toBeUndefined();
    expect(pages.cell(5_907, 0)).toBe("7");
  });
});

describe("texts", () => {
  const kept: Kept = {
    preview: "p",
    model: "m",
    name: "m",
    columns: [],
    kept: 1_000,
    more: false,
    at: "2026-01-01T00:00:00Z",
    upstream: [],
  };
  const now = Date.parse("2026-01-01T01:00:00Z");

  it("say how many rows are shown", () => {
    expect(rowsText(kept, 1_000)).toBe("1,000 rows");
    expect(rowsText({ ...kept, kept: 1 }, undefined)).toBe("1 row");
    expect(rowsText(kept, 3)).toBe("3 of 1,000 rows");
    expect(rowsText({ ...kept, more: true }, undefined)).toBe(
      "the first 1,000 rows; there are more",
    );
  });

  it("say how old what was read is", () => {
    expect(upstreamText([], now).text).toBe("");
    const reads = [
      { name: "a", from: "dev", at: "2026-01-01T00:59:30Z" },
      { name: "b", from: "cache", at: "2026-01-01T00:00:00Z" },
    ];
    expect(upstreamText(reads, now)).toEqual({
      text: "b and 1 more: 60 min old",
      hint: "a from dev, 30 s old\nb from the cache, 60 min old",
    });
    expect(age("2025-12-31T00:00:00Z", now)).toBe("25 h");
    expect(filterText({ column: "a", op: "notNull", value: "x" })).toBe("a is not null");
  });
});
