import { expect, test } from "vitest";
import { layered, type LayoutResult } from "../../web/graph/layout/layered";

const [width, height] = [100, 30];
type Edges = readonly (readonly [number, number])[];

function layOut(count: number, edges: Edges): LayoutResult {
  return layered({ count, edges, width, height });
}

/** Pairs of boxes that lie over each other. */
function overlaps({ x, y }: LayoutResult): string[] {
  return [...x].flatMap((left, a) =>
    [...x].flatMap((other, b) =>
      a < b && Math.abs(left - other) < width && Math.abs((y[a] ?? 0) - (y[b] ?? 0)) < height
        ? [`${a} and ${b}`]
        : [],
    ),
  );
}

/** Ways that go through a box: columns are passed straight, so that their corners tell. */
function crossedBoxes({ x, y, routes }: LayoutResult, edges: Edges): string[] {
  return routes.flatMap((route, edge) => {
    const ends = new Set(edges[edge]);
    const found: string[] = [];
    for (let i = 2; i + 3 < route.length - 2; i += 4) {
      const [fromX, at, toX] = [route[i] ?? 0, route[i + 1] ?? 0, route[i + 2] ?? 0];
      x.forEach((middle, box) => {
        const passes = middle > Math.min(fromX, toX) && middle < Math.max(fromX, toX);
        if (passes && Math.abs((y[box] ?? 0) - at) < height / 2 && !ends.has(box)) {
          found.push(`edge ${edge} and box ${box}`);
        }
      });
    }
    return found;
  });
}

/** A project of layers that read what is before them, the same each time. */
function project(count: number): Edges {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: count }, (_, node) =>
    Array.from({ length: node === 0 ? 0 : 1 + Math.floor(random() * 3) }, () => {
      const near = Math.max(0, node - 1 - Math.floor(random() * count * 0.3));
      return [near, node] as const;
    }),
  ).flat();
}

test("nobody is left of what it reads", () => {
  const edges: Edges = [
    [0, 1],
    [1, 2],
    [0, 2],
    [3, 2],
  ];
  const { x } = layOut(4, edges);
  expect(edges.every(([from, to]) => (x[from] ?? 0) + width < (x[to] ?? 0))).toBe(true);
  // What reads nothing stands near its reader.
  expect(x[3]).toBe(x[1]);
});

test("boxes lie apart and no edge goes through one", () => {
  const edges = project(150);
  const result = layOut(150, edges);
  expect(overlaps(result)).toEqual([]);
  expect(crossedBoxes(result, edges)).toEqual([]);
});

test("an edge begins at the right of a box and ends at the left of another", () => {
  const edges = project(40);
  const { x, y, routes } = layOut(40, edges);
  edges.forEach(([from, to], edge) => {
    const route = routes[edge] ?? new Float64Array();
    expect([...route.slice(0, 2)]).toEqual([(x[from] ?? 0) + width / 2, y[from]]);
    expect([...route.slice(-2)]).toEqual([(x[to] ?? 0) - width / 2, y[to]]);
  });
});

test("fifty parents stand in one column, with their reader in the middle, and nothing crosses", () => {
  const edges = Array.from({ length: 50 }, (_, i) => [i, 50] as const);
  const { x, y } = layOut(51, edges);
  const parents = [...y.slice(0, 50)];
  expect(new Set(x.slice(0, 50)).size).toBe(1);
  expect(parents).toEqual(parents.toSorted((a, b) => a - b));
  expect(y[50]).toBeCloseTo(((parents[0] ?? 0) + (parents[49] ?? 0)) / 2);
});

test("circles, loops and nodes without neighbours are laid out too", () => {
  const result = layOut(5, [
    [0, 1],
    [1, 2],
    [2, 0],
    [3, 3],
  ]);
  expect(overlaps(result)).toEqual([]);
  expect([...result.x, ...result.y].every(Number.isFinite)).toBe(true);
  expect(result.routes).toHaveLength(4);
  expect(layOut(0, []).x).toHaveLength(0);
});

test("columns are ordered so that a tree has no crossings", () => {
  // Written in a bad order: 0 and 1 are read by 5, 4, 3, 2 by turns.
  const edges: Edges = [
    [0, 5],
    [1, 4],
    [0, 3],
    [1, 2],
  ];
  const { y } = layOut(6, edges);
  const crossing = edges.flatMap(([a, b], i) =>
    edges
      .slice(i + 1)
      .filter(([c, d]) => ((y[a] ?? 0) - (y[c] ?? 0)) * ((y[b] ?? 0) - (y[d] ?? 0)) < 0),
  );
  expect(crossing).toEqual([]);
});
