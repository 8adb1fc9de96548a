import type { GraphData, GraphNode, GraphOptions, NodeStatus } from "../graph/api";

/** A node as the server's `dvt/graph` tells of it. */
export interface LineageNode extends GraphNode {
  readonly uri: string;
  /** Of the one that was asked for. */
  readonly position?: { readonly line: number; readonly character: number };
}

/** From the extension to the page. */
export type ToPage =
  /** Another graph: `focus` is the node of the active editor. */
  | {
      readonly type: "graph";
      readonly project: string;
      readonly data: GraphData<LineageNode>;
      readonly focus?: string;
    }
  | { readonly type: "focus"; readonly id: string }
  | { readonly type: "mark"; readonly statuses: readonly (readonly [string, NodeStatus])[] }
  /** There is no graph to show, and why. */
  | { readonly type: "none"; readonly text: string };

/** What can be done with a node. */
export type NodeCommand = "open" | "run" | "runWithUpstream" | "preview" | "copyName";

/** From the page to the extension. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "node"; readonly command: NodeCommand; readonly id: string }
  | { readonly type: "save"; readonly name: string; readonly base64: string };

/** What the page keeps while it is hidden. */
export interface PageState {
  readonly project: string;
  readonly options: GraphOptions;
}
