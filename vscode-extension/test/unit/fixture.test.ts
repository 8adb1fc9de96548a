import { describe, expect, it } from "vitest";
import { hasKept, savedText, type SavedFile } from "../../src/fixture/answer";
import { executesCode } from "../../src/trust";

const folder = "file:///shop/fixtures/orders";
const file = (name: string, rows: number, total: number): SavedFile => ({
  name,
  uri: `${folder}/${name}.csv`,
  kept: false,
  rows,
  total,
});
const kept = { name: "c", uri: `${folder}/c.csv`, kept: true };

describe("what was saved", () => {
  it("is said with its rows, and what was cut", () => {
    const files = [file("raw.t", 1000, 20_000), file("b", 1, 1)];
    expect(savedText({ name: "orders", folder, files })).toBe(
      "Saved for orders: raw.t (the first 1,000 rows of 20,000), b (1 row).",
    );
  });

  it("is said with what stays as it is", () => {
    const one = { name: "orders", folder, files: [kept] };
    expect(savedText(one)).toBe("1 fixture of orders was there, and kept.");
    expect(hasKept(one)).toBe(true);
    const three = { name: "orders", folder, files: [kept, file("b", 2, 2), kept] };
    expect(savedText(three)).toBe(
      "Saved for orders: b (2 rows). 2 fixtures of orders were there, and kept.",
    );
    expect(hasKept({ ...one, files: [file("b", 0, 0)] })).toBe(false);
  });

  it("is nothing of a model that reads nothing", () => {
    expect(savedText({ name: "m", folder, files: [] })).toBe(
      "m reads nothing: there is nothing to save.",
    );
  });
});

describe("trust", () => {
  it("is needed to read what models read", () => {
    expect(executesCode("dvt.saveFixture")).toBe(true);
  });
});
