import { expect, test } from "vitest";
import type { GraphData, GraphEdge, GraphNode } from "../../web/graph/api";
import { controlPoints } from "../../web/graph/controls";
import { mermaid } from "../../web/graph/mermaid";
import { Network, type Scope } from "../../web/graph/network";
import { countText, kindText, runText, spokenText } from "../../web/graph/texts";

/** `a > b, b > c`: who is read > who reads. */
function graph(text: string, more: Readonly<Record<string, Partial<GraphNode>>> = {}): GraphData {
  const names = [...new Set(text.split(/[\s,>]+/))];
  const nodes = names.map((name): GraphNode => ({ id: name, name, kind: "model", ...more[name] }));
  const edges = text
    .split(", ")
    .filter((one) => one.includes(">"))
    .map((one): GraphEdge => {
      const [from = "", to = ""] = one.split(" > ");
      return [names.indexOf(from), names.indexOf(to)];
    });
  return { nodes, edges };
}

const chain = graph("a > b, b > c, c > d, d > e, x > c, c > y, y > z, alone");

function visible(scope: Partial<Scope>): string {
  const all = {
    focus: "c",
    up: 1,
    down: 1,
    openUp: new Set<string>(),
    openDown: new Set<string>(),
  };
  return [...new Network(chain).visible({ ...all, ...scope })].sort().join(" ");
}

test("what is shown are the neighbours of the focus, in so many steps", () => {
  expect(visible({})).toBe("b c d x y");
  expect(visible({ up: 2, down: 0 })).toBe("a b c x");
  expect(visible({ up: 0, down: 0 })).toBe("c");
  expect(visible({ focus: "e", up: 2 })).toBe("c d e");
  expect(visible({ focus: undefined })).toBe("a alone b c d e x y z");
  expect(visible({ focus: "gone" })).toBe("a alone b c d e x y z");
});

test("opened nodes show their neighbours too, however they came into sight", () => {
  expect(visible({ openDown: new Set(["y"]) })).toBe("b c d x y z");
  expect(visible({ up: 0, down: 0, openUp: new Set(["b", "c"]) })).toBe("a b c x");
  expect(visible({ up: 0, down: 0, openUp: new Set(["b"]) })).toBe("c");
});

test("a circle is gone round once", () => {
  const circle = new Network(graph("a > b, b > c, c > a"));
  const scope = { focus: "a", up: 9, down: 9, openUp: new Set("a"), openDown: new Set("b") };
  expect([...circle.visible(scope)]).toEqual(["a", "b", "c"]);
});

test("the part that is shown has its own edges, and the rest is counted", () => {
  const network = new Network(chain);
  const shown = new Set(["b", "c", "y"]);
  const { nodes, edges } = network.part(shown);
  expect(nodes.map((node) => node.name)).toEqual(["b", "c", "y"]);
  expect(edges).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(network.hidden("c", shown)).toEqual({ up: 1, down: 1 });
  expect(network.hidden("y", shown)).toEqual({ up: 0, down: 1 });
});

test("names are found, the nearest first; tags and kinds too", () => {
  const network = new Network(
    graph("orders, stg_orders, reorders, customers, ops", {
      customers: { tags: ["Orders"] },
      ops: { kind: "source" },
    }),
  );
  const found = (text: string): string =>
    network
      .search(text, 9)
      .map((node) => node.name)
      .join(" ");
  expect(found("orders")).toBe("orders stg_orders reorders customers");
  expect(found(" ORD")).toBe("orders stg_orders reorders");
  expect(found("tag:orders")).toBe("customers");
  expect(found("source")).toBe("ops");
  expect(found(" ")).toBe("");
  expect(network.search("o", 2)).toHaveLength(2);
});

test("Mermaid has a shape for each kind, and takes names as texts", () => {
  const data = graph("ops.o > a, a > board", {
    "ops.o": { kind: "source" },
    a: { language: "python", name: 'a "b" <c>; end' },
    board: { kind: "exposure", name: "Täfel 😀" },
  });
  expect(mermaid(data)).toBe(
    [
      "flowchart LR",
      '    n0[("ops.o")]:::source',
      '    n1["a #34;b#34; #60;c#62;#59; end"]:::python',
      '    n2(["Täfel #128512;"]):::exposure',
      "    n0 --> n1",
      "    n1 --> n2",
      "",
    ].join("\n"),
  );
});

test("a node is told in words", () => {
  const node: GraphNode = {
    id: "model.shop.orders",
    name: "orders",
    kind: "model",
    language: "python",
    materialization: "table",
    status: "passed",
    rows: 1234,
  };
  expect(spokenText(node, 2, 1)).toBe(
    "orders, Python model, table, last run succeeded, 1,234 rows, reads 2, read by 1",
  );
  expect(kindText({ id: "s", name: "s", kind: "seed" })).toBe("seed");
  expect(runText({ ...node, status: "running" })).toBe("running");
  expect(runText({ ...node, at: "2026-05-05T12:00:00" })).toContain("2026-05-05 12:00, 1,234");
  expect(countText(1, 1)).toBe("1 node");
  expect(countText(12, 5000)).toBe("12 of 5,000 nodes");
});

test("a curve leaves and arrives straight, and is straight where it passes a column", () => {
  // From (0, 0) to (100, 0), by a column between 40 and 60 at height 30.
  const { weights, distances } = controlPoints(Float64Array.from([0, 0, 40, 30, 60, 30, 100, 0]));
  expect(weights).toEqual([0.2, 0.2, 0.4, 0.4, 0.6, 0.6, 0.8, 0.8]);
  expect(distances).toEqual([0, 30, 30, 30, 30, 30, 30, 0]);
});
