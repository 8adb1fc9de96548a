// A layered layout, left to right: nobody is left of what it reads. The steps are Sugiyama's; each
// takes time that grows little faster than the graph (docs/decisions says what libraries take).
import { orderLayers } from "./order";
import { placeLayers } from "./place";
import { layersOf, type Layers } from "./ranks";

/** Boxes are of one size; edges are pairs of indexes. */
export interface LayoutTask {
  readonly count: number;
  readonly edges: readonly (readonly [number, number])[];
  readonly width: number;
  readonly height: number;
}

/** The middle of each box, and the way of each edge: x and y of its corners by turns. */
export interface LayoutResult {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly routes: readonly Float64Array[];
}

/** Between boxes of a column, and between columns. */
const rowGap = 14;
const columnGap = 72;
/** An edge that passes a column takes less room than a box. */
const edgeHeight = 8;
const componentGap = 40;

export function layered(task: LayoutTask): LayoutResult {
  const x = new Float64Array(task.count);
  const y = new Float64Array(task.count);
  const routes = new Array<Float64Array>(task.edges.length);
  const parts = components(task).map((part) => layOut(part, task));
  const packed = pack(parts);
  parts.forEach((part, index) => {
    const [left, top] = packed[index] ?? [0, 0];
    part.nodes.forEach((node, i) => {
      x[node] = left + (part.x[i] ?? 0);
      y[node] = top + (part.y[i] ?? 0);
    });
    part.edges.forEach((edge, i) => {
      routes[edge] = (part.routes[i] ?? new Float64Array()).map((at, k) =>
        k % 2 === 0 ? at + left : at + top,
      );
    });
  });
  return { x, y, routes };
}

interface Component {
  /** Indexes into the task's. */
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

interface Placed extends Component {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly routes: readonly Float64Array[];
  readonly width: number;
  readonly height: number;
}

/** What hangs together, the largest first. */
function components(task: LayoutTask): Component[] {
  const parent = Int32Array.from({ length: task.count }, (_, i) => i);
  const find = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const [from, to] of task.edges) {
    parent[find(from)] = find(to);
  }
  const found = new Map<number, { nodes: number[]; edges: number[] }>();
  for (let node = 0; node < task.count; node++) {
    const root = find(node);
    const component = found.get(root) ?? { nodes: [], edges: [] };
    found.set(root, component);
    component.nodes.push(node);
  }
  task.edges.forEach(([from], edge) => found.get(find(from))?.edges.push(edge));
  return [...found.values()].sort((a, b) => b.nodes.length - a.nodes.length);
}

function layOut(part: Component, task: LayoutTask): Placed {
  const local = new Map(part.nodes.map((node, i) => [node, i]));
  const edges = part.edges.map((edge) => {
    const [from, to] = task.edges[edge] ?? [0, 0];
    return [local.get(from) ?? 0, local.get(to) ?? 0] as const;
  });
  const layers = layersOf(part.nodes.length, edges);
  orderLayers(layers);
  const heights = layers.rank.map((_, i) => (i < part.nodes.length ? task.height : edgeHeight));
  const ys = placeLayers(layers, heights, rowGap);
  const xs = columns(layers, ys, task.width);
  const top = Math.min(...part.nodes.map((_, i) => ys[i] ?? 0)) - task.height / 2;
  const bottom = Math.max(...part.nodes.map((_, i) => ys[i] ?? 0)) + task.height / 2;
  const y = ys.map((at) => at - top);
  const x = layers.rank.map((rank) => xs[rank] ?? 0);
  return {
    ...part,
    x,
    y,
    routes: layers.chains.map((chain) => route(chain, x, y, task.width)),
    width: (xs.at(-1) ?? 0) + task.width / 2,
    height: bottom - top,
  };
}

/** The middles of the columns: further apart where edges climb far, so that they can be told. */
function columns(layers: Layers, ys: readonly number[], width: number): number[] {
  const climb = new Array<number>(layers.order.length).fill(0);
  layers.links.forEach(([from, to]) => {
    const rank = layers.rank[to] ?? 0;
    climb[rank] = Math.max(climb[rank] ?? 0, Math.abs((ys[from] ?? 0) - (ys[to] ?? 0)));
  });
  const middles: number[] = [];
  let at = width / 2;
  climb.forEach((height, rank) => {
    at += rank === 0 ? 0 : width + Math.min(600, Math.max(columnGap, height / 8));
    middles.push(at);
  });
  return middles;
}

/** From box to box, straight through each column that it passes. */
function route(
  chain: readonly number[],
  x: readonly number[],
  y: readonly number[],
  width: number,
): Float64Array {
  const points: number[] = [];
  chain.forEach((node, i) => {
    const [atX, atY] = [x[node] ?? 0, y[node] ?? 0];
    const forward = (x[chain.at(-1) ?? 0] ?? 0) >= (x[chain[0] ?? 0] ?? 0) ? 1 : -1;
    if (i > 0) {
      points.push(atX - (forward * width) / 2, atY);
    }
    if (i < chain.length - 1) {
      points.push(atX + (forward * width) / 2, atY);
    }
  });
  return Float64Array.from(points);
}

/** Shelves, about as wide as a screen is for their height. */
function pack(parts: readonly Placed[]): [number, number][] {
  const area = parts.reduce(
    (sum, part) => sum + (part.width + componentGap) * (part.height + componentGap),
    0,
  );
  const shelf = Math.max(Math.sqrt(area * 1.8), ...parts.map((part) => part.width));
  const places = new Array<[number, number]>(parts.length);
  let [left, top, height] = [0, 0, 0];
  const tallestFirst = parts.map((_, i) => i).sort((a, b) => tall(parts, b) - tall(parts, a));
  for (const index of tallestFirst) {
    const part = parts[index];
    if (part === undefined) {
      continue;
    }
    if (left > 0 && left + part.width > shelf) {
      [left, top, height] = [0, top + height + componentGap, 0];
    }
    places[index] = [left, top];
    left += part.width + componentGap;
    height = Math.max(height, part.height);
  }
  return places;
}

function tall(parts: readonly Placed[], index: number): number {
  return parts[index]?.height ?? 0;
}
