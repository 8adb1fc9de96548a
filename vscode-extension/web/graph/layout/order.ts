import type { Layers } from "./ranks";

/** Sweeps without a better order end the search; so does this many. */
const sweeps = 24;
const patience = 4;

/** Orders each column so that few edges cross: by the middle of the neighbours, to and fro. */
export function orderLayers(layers: Layers): void {
  const count = layers.rank.length;
  const left = Array.from({ length: count }, (): number[] => []);
  const right = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of layers.links) {
    right[from]?.push(to);
    left[to]?.push(from);
  }
  const position = new Float64Array(count);
  const number = (column: readonly number[]): void => {
    column.forEach((node, i) => (position[node] = i));
  };
  const all = layers.order;
  byWalk(all, left, right);
  all.forEach(number);
  let best = all.map((column) => column.slice());
  let fewest = crossings(all, right, position);
  let waited = 0;
  for (let sweep = 0; sweep < sweeps && fewest > 0 && waited < patience; sweep++) {
    const rightward = sweep % 2 === 0;
    const neighbours = rightward ? left : right;
    for (let i = 1; i < all.length; i++) {
      const column = all[rightward ? i : all.length - 1 - i] ?? [];
      arrange(column, neighbours, position);
      number(column);
    }
    const now = crossings(all, right, position);
    waited = now < fewest ? 0 : waited + 1;
    if (now < fewest) {
      fewest = now;
      best = all.map((column) => column.slice());
    }
  }
  best.forEach((column, i) => (all[i] = column));
}

/** To begin with, what hangs together stands together. */
function byWalk(
  order: number[][],
  left: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): void {
  const met = new Map<number, number>();
  for (const root of order.flat()) {
    const way = [root];
    for (let node = way.pop(); node !== undefined; node = way.pop()) {
      if (!met.has(node)) {
        met.set(node, met.size);
        // The first neighbour is looked at first.
        const next = [...(left[node] ?? []), ...(right[node] ?? [])];
        way.push(...next.reverse());
      }
    }
  }
  for (const column of order) {
    column.sort((a, b) => (met.get(a) ?? 0) - (met.get(b) ?? 0));
  }
}

/** Nodes without neighbours on that side stay where they are, among the others. */
function arrange(
  column: number[],
  neighbours: readonly (readonly number[])[],
  position: Float64Array,
): void {
  const middle = new Map<number, number>();
  for (const node of column) {
    const at = neighbours[node] ?? [];
    if (at.length > 0) {
      middle.set(node, at.reduce((sum, one) => sum + (position[one] ?? 0), 0) / at.length);
    }
  }
  const moving = column
    .filter((node) => middle.has(node))
    .sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
  let next = 0;
  column.forEach((node, i) => {
    if (middle.has(node)) {
      column[i] = moving[next++] ?? node;
    }
  });
}

/** Counted as inversions, column by column, with a Fenwick tree. */
function crossings(
  order: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
  position: Float64Array,
): number {
  let count = 0;
  for (let i = 0; i + 1 < order.length; i++) {
    const size = order[i + 1]?.length ?? 0;
    const tree = new Int32Array(size + 1);
    let seen = 0;
    for (const node of order[i] ?? []) {
      const ends = (right[node] ?? []).map((to) => position[to] ?? 0);
      for (const end of ends) {
        let before = 0;
        for (let at = end + 1; at > 0; at -= at & -at) {
          before += tree[at] ?? 0;
        }
        count += seen - before;
      }
      for (const end of ends) {
        seen++;
        for (let at = end + 1; at <= size; at += at & -at) {
          tree[at] = (tree[at] ?? 0) + 1;
        }
      }
    }
  }
  return count;
}
