import type { Layers } from "./ranks";

const passes = 12;
/** How much more an edge that passes a column wants to be straight than a box to be in the middle. */
const straightness = 4;

/** The height of each box and bend: near the middle of its neighbours, nobody over another. */
export function placeLayers(
  layers: Layers,
  heights: readonly number[],
  gap: number,
): readonly number[] {
  const count = layers.rank.length;
  const boxes = Math.max(...heights);
  const left = Array.from({ length: count }, (): number[] => []);
  const right = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of layers.links) {
    right[from]?.push(to);
    left[to]?.push(from);
  }
  const y = new Array<number>(count).fill(0);
  for (const column of layers.order) {
    settle(column, heights, gap, y, () => 1);
  }
  const weight = (node: number): number => ((heights[node] ?? 0) < boxes ? straightness : 1);
  for (let pass = 0; pass < passes; pass++) {
    const rightward = pass % 2 === 1;
    for (let i = 0; i < layers.order.length; i++) {
      const column = layers.order[rightward ? i : layers.order.length - 1 - i] ?? [];
      const before = y.slice();
      for (const node of column) {
        // The last passes look at both sides: a box stands between what it reads and its readers.
        const near =
          pass < passes - 2
            ? ((rightward ? left : right)[node] ?? [])
            : [...(left[node] ?? []), ...(right[node] ?? [])];
        if (near.length > 0) {
          y[node] = median(near.map((one) => before[one] ?? 0));
        }
      }
      settle(column, heights, gap, y, weight);
    }
  }
  return y;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const half = values.length >> 1;
  const upper = values[half] ?? 0;
  return values.length % 2 === 1 ? upper : ((values[half - 1] ?? 0) + upper) / 2;
}

/**
 * Moves the nodes of a column apart, as little as it takes: least squares under the order of the
 * column, by pooling those that would overlap.
 */
function settle(
  column: readonly number[],
  heights: readonly number[],
  gap: number,
  y: number[],
  weight: (node: number) => number,
): void {
  // Measured from where a node would stand if the column had no air in it.
  const dense: number[] = [];
  let at = 0;
  column.forEach((node, i) => {
    const before = column[i - 1];
    at += before === undefined ? 0 : ((heights[before] ?? 0) + (heights[node] ?? 0)) / 2 + gap;
    dense.push(at);
  });
  const pools: { sum: number; weight: number; size: number }[] = [];
  column.forEach((node, i) => {
    const w = weight(node);
    let pool = { sum: ((y[node] ?? 0) - (dense[i] ?? 0)) * w, weight: w, size: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.weight >= pool.sum / pool.weight;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = {
        sum: last.sum + pool.sum,
        weight: last.weight + pool.weight,
        size: last.size + pool.size,
      };
    }
    pools.push(pool);
  });
  let i = 0;
  for (const pool of pools) {
    for (let k = 0; k < pool.size; k++, i++) {
      y[column[i] ?? 0] = pool.sum / pool.weight + (dense[i] ?? 0);
    }
  }
}
