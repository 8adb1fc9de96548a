import "./graph.css";
import type {
  Graph,
  GraphAction,
  GraphData,
  GraphHost,
  GraphNode,
  GraphOptions,
  NodeStatus,
} from "./api";
import { View } from "./view";

/** Shows a graph in an element, which it fills. */
export function showGraph<Node extends GraphNode>(
  element: HTMLElement,
  data: GraphData<Node>,
  host: GraphHost<Node>,
  options: GraphOptions = {},
): Graph<Node> {
  return new View(element, data, host, options);
}

export type { Graph, GraphAction, GraphData, GraphHost, GraphNode, GraphOptions, NodeStatus };
