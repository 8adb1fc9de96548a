import type { GraphData } from "../api";
import type { Box, Scene } from "../scene";
import type { LayoutTask } from "./layered";

export function layoutTask(data: GraphData, box: Box): LayoutTask {
  return { count: data.nodes.length, edges: data.edges, ...box };
}

/** True when a scene's layout holds for other data too. */
export function sameShape(scene: Scene, data: GraphData, box: Box): boolean {
  const before = scene.data;
  return (
    scene.box.width === box.width &&
    before.nodes.length === data.nodes.length &&
    before.edges.length === data.edges.length &&
    before.nodes.every((node, i) => node.id === data.nodes[i]?.id) &&
    before.edges.every(([from, to], i) => from === data.edges[i]?.[0] && to === data.edges[i][1])
  );
}
