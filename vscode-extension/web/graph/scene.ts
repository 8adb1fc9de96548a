import type { GraphData, GraphNode } from "./api";
import type { LayoutResult } from "./layout/layered";

/** What is drawn: boxes with their middles, and ways between them. */
export interface Scene<Node extends GraphNode = GraphNode> {
  readonly data: GraphData<Node>;
  readonly layout: LayoutResult;
  readonly box: Box;
}

/** All boxes of a scene are of one size. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export const boxHeight = 32;
/** Left and right of a name: the icon of its kind, that of its last run. */
export const iconSpace = 32;
export const statusSpace = 26;
export const fontSize = 13;
const [narrowest, widest] = [110, 260];

/** Measures and shortens names. */
export class Names {
  private readonly canvas = document.createElement("canvas").getContext("2d");

  constructor(font: string) {
    if (this.canvas !== null) {
      this.canvas.font = `${fontSize}px ${font}`;
    }
  }

  /** So wide that the names fit, unless they are very long. */
  box(nodes: readonly GraphNode[]): Box {
    const longest = nodes.reduce((most, node) => Math.max(most, this.width(node.name)), 0);
    const width = Math.ceil(longest) + iconSpace + statusSpace;
    return { width: Math.min(widest, Math.max(narrowest, width)), height: boxHeight };
  }

  /** The name, with its end cut off where it does not fit. */
  fitting(name: string, box: Box): string {
    const room = box.width - iconSpace - statusSpace + 2;
    if (this.width(name) <= room) {
      return name;
    }
    let [fits, tooLong] = [0, name.length];
    while (tooLong - fits > 1) {
      const half = (fits + tooLong) >> 1;
      [fits, tooLong] =
        this.width(`${name.slice(0, half)}…`) <= room ? [half, tooLong] : [fits, half];
    }
    return `${name.slice(0, fits)}…`;
  }

  private width(text: string): number {
    return this.canvas?.measureText(text).width ?? text.length * fontSize * 0.6;
  }
}

/** Where the boxes end: left, top, right, bottom. */
export function bounds(scene: Scene): readonly [number, number, number, number] {
  const { layout, box } = scene;
  const edges: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  scene.data.nodes.forEach((_, i) => {
    const [x, y] = [layout.x[i] ?? 0, layout.y[i] ?? 0];
    edges[0] = Math.min(edges[0], x - box.width / 2);
    edges[1] = Math.min(edges[1], y - box.height / 2);
    edges[2] = Math.max(edges[2], x + box.width / 2);
    edges[3] = Math.max(edges[3], y + box.height / 2);
  });
  return scene.data.nodes.length === 0 ? [0, 0, 0, 0] : edges;
}
