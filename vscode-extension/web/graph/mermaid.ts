import type { GraphData, GraphNode } from "./api";

const shapes: Readonly<Record<GraphNode["kind"], readonly [string, string]>> = {
  model: ["[", "]"],
  seed: ["[(", ")]"],
  source: ["[(", ")]"],
  snapshot: ["[[", "]]"],
  exposure: ["([", "])"],
};

/** A flowchart as Markdown files show it. Names are texts, and never read as Mermaid. */
export function mermaid(data: GraphData): string {
  const lines = data.nodes.map((node, index) => {
    const [open, close] = shapes[node.kind];
    return `    n${index}${open}"${escaped(node.name)}"${close}:::${node.language ?? node.kind}`;
  });
  const edges = data.edges.map(([from, to]) => `    n${from} --> n${to}`);
  return `${["flowchart LR", ...lines, ...edges].join("\n")}\n`;
}

/** Mermaid's own entities: `#quot;`. */
function escaped(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} _.-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}
