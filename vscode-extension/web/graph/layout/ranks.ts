/** Nodes in columns. Beside the boxes there are bends, where an edge passes a column. */
export interface Layers {
  /** The column of each box, then of each bend. */
  readonly rank: number[];
  /** The columns, each from top to bottom. */
  readonly order: number[][];
  /** Between neighbouring columns, left to right. */
  readonly links: readonly (readonly [number, number])[];
  /** For each edge its boxes with the bends between them. */
  readonly chains: readonly (readonly number[])[];
}

type Edges = readonly (readonly [number, number])[];

/** Puts each node right of what it reads, as far left as that goes; what reads nothing near its readers. */
export function layersOf(count: number, edges: Edges): Layers {
  const forward = withoutCircles(count, edges);
  const rank = ranks(count, forward);
  const order: number[][] = [];
  const put = (node: number, column: number): void => {
    (order[column] ??= []).push(node);
  };
  rank.forEach((column, node) => {
    put(node, column);
  });
  const links: [number, number][] = [];
  const linked = new Set<string>();
  const link = (from: number, to: number): void => {
    const key = `${from} ${to}`;
    if (!linked.has(key)) {
      linked.add(key);
      links.push([from, to]);
    }
  };
  // Edges of one node go together as far as they can: fewer lines.
  const bends = new Map<string, number>();
  const bend = (from: number, column: number): number => {
    const key = `${from} ${column}`;
    let node = bends.get(key);
    if (node === undefined) {
      node = rank.push(column) - 1;
      bends.set(key, node);
      put(node, column);
    }
    return node;
  };
  const chains = forward.map(([from, to], index) => {
    const chain = [from];
    for (let column = (rank[from] ?? 0) + 1; column < (rank[to] ?? 0); column++) {
      chain.push(bend(from, column));
    }
    chain.push(to);
    for (let i = 1; i < chain.length; i++) {
      link(chain[i - 1] ?? from, chain[i] ?? to);
    }
    const [asRead] = edges[index] ?? [from, to];
    return asRead === from ? chain : chain.reverse();
  });
  for (let column = 0; column < order.length; column++) {
    order[column] ??= [];
  }
  return { rank, order, links: links.filter(([from, to]) => from !== to), chains };
}

/** The edges with those turned that would close a circle. */
function withoutCircles(count: number, edges: Edges): (readonly [number, number])[] {
  const out = Array.from({ length: count }, (): number[] => []);
  edges.forEach(([from], index) => out[from]?.push(index));
  const state = new Uint8Array(count); // 1: on the way, 2: done
  const turned = new Set<number>();
  for (let root = 0; root < count; root++) {
    const way: { node: number; next: number }[] = [];
    const enter = (node: number): void => {
      state[node] = 1;
      way.push({ node, next: 0 });
    };
    if (state[root] === 0) {
      enter(root);
    }
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const edge = out[at.node]?.[at.next++];
      if (edge === undefined) {
        state[at.node] = 2;
        way.pop();
        continue;
      }
      const to = edges[edge]?.[1] ?? 0;
      if (state[to] === 1) {
        turned.add(edge);
      } else if (state[to] === 0) {
        enter(to);
      }
    }
  }
  return edges.map(([from, to], index) =>
    turned.has(index) ? ([to, from] as const) : ([from, to] as const),
  );
}

function ranks(count: number, edges: Edges): number[] {
  const into = new Int32Array(count);
  const out = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of edges) {
    if (from !== to) {
      into[to] = (into[to] ?? 0) + 1;
      out[from]?.push(to);
    }
  }
  const rootless = into.slice();
  const rank = new Array<number>(count).fill(0);
  const ready = rank.map((_, node) => node).filter((node) => into[node] === 0);
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const to of out[node] ?? []) {
      rank[to] = Math.max(rank[to] ?? 0, (rank[node] ?? 0) + 1);
      into[to] = (into[to] ?? 0) - 1;
      if (into[to] === 0) {
        ready.push(to);
      }
    }
  }
  return rank.map((own, node) => {
    const readers = out[node] ?? [];
    return rootless[node] === 0 && readers.length > 0
      ? readers.reduce((least, to) => Math.min(least, (rank[to] ?? 0) - 1), Infinity)
      : own;
  });
}
