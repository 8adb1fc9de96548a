import { expect, test } from "vitest";
import { fileToShow, modelPlace } from "../../src/lineage/ask";

const uri = "file:///shop/models/orders.py";

test("only a lens asks for lineage to be shown", () => {
  expect(fileToShow("dvt.lineage", [{ uri, show: true, select: ["orders"] }])).toBe(uri);
  expect(fileToShow("dvt.lineage", [{ uri }])).toBeUndefined();
  expect(fileToShow("dvt.lineage", [{ show: true }])).toBeUndefined();
  expect(fileToShow("dvt.lineage", [])).toBeUndefined();
  expect(fileToShow("dvt.lastRun", [{ uri, show: true }])).toBeUndefined();
});

test("a file that defines no model has no place to show", () => {
  const position = { line: 3, character: 4 };
  expect(modelPlace({ model: "model.shop.orders", position })).toEqual(position);
  expect(modelPlace({})).toBeUndefined();
  expect(modelPlace(null)).toBeUndefined();
});
