import type { GraphNode } from "./api";
import type { Network } from "./network";
import type { Scene } from "./scene";

export type Direction = "left" | "right" | "above" | "below";

export const directions: ReadonlyMap<string, Direction> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "above"],
  ["ArrowDown", "below"],
] as const);

/** The node that an arrow key leads to: along an edge, or up and down in the column. */
export function beside(
  scene: Scene,
  network: Network,
  id: string,
  direction: Direction,
): string | undefined {
  const { nodes } = scene.data;
  const place = new Map(nodes.map((node, index) => [node.id, index]));
  const at = place.get(id);
  if (at === undefined) {
    return undefined;
  }
  const { x, y } = scene.layout;
  const height = y[at] ?? 0;
  const climb = (node: GraphNode): number => (y[place.get(node.id) ?? at] ?? 0) - height;
  if (direction === "left" || direction === "right") {
    const along = direction === "left" ? network.upstream(id) : network.downstream(id);
    const off = (node: GraphNode): number =>
      Math.abs((x[place.get(node.id) ?? at] ?? 0) - (x[at] ?? 0));
    // The next column first.
    return nearest(
      along.filter((node) => place.has(node.id)),
      (node) => off(node) * 1e6 + Math.abs(climb(node)),
    );
  }
  const sign = direction === "below" ? 1 : -1;
  const column = nodes.filter((node, index) => x[index] === x[at] && sign * climb(node) > 0);
  return nearest(column, (node) => sign * climb(node));
}

function nearest(
  nodes: readonly GraphNode[],
  distance: (node: GraphNode) => number,
): string | undefined {
  return nodes.reduce<GraphNode | undefined>(
    (best, node) => (best === undefined || distance(node) < distance(best) ? node : best),
    undefined,
  )?.id;
}
