// What a page gives to the graph, and gets of it. Pages: the lineage view (web/lineage), and the
// documentation site of `dvt-ls docs`.
//
//   const graph = showGraph(element, data, { open: (node) => ... }, { focus: "model.shop.orders" });
//
// The element has a size of its own (the graph fills it). Colours are CSS variables on it or above:
// --graph-background, -foreground, -muted (second lines, edges), -box (fill of a node), -border,
// -accent (the focus, and what is selected), -hover, -passed, -failed, -skipped, -running, and one
// for each kind: -python, -sql, -seed, -source, -snapshot, -exposure. Fonts are the element's.

export type NodeKind = "model" | "seed" | "source" | "snapshot" | "exposure";

/** How the last run of a node ended, or that one is under way. */
export type NodeStatus = "passed" | "failed" | "skipped" | "running";

/** The server's `dvt/graph` has more fields, which the host gets back with the node. */
export interface GraphNode {
  /** `model.shop.orders`; unique in the graph. */
  readonly id: string;
  /** As people write it: `orders`, `orders.v2`, `ops.orders` of a source. */
  readonly name: string;
  readonly kind: NodeKind;
  /** Of a model. */
  readonly language?: "python" | "sql";
  readonly materialization?: string;
  readonly tags?: readonly string[];
  readonly status?: NodeStatus;
  /** That the last run loaded. */
  readonly rows?: number;
  /** When the last run was: ISO 8601. */
  readonly at?: string;
}

/** Indexes into the nodes: who is read, who reads. */
export type GraphEdge = readonly [from: number, to: number];

export interface GraphData<Node extends GraphNode = GraphNode> {
  readonly nodes: readonly Node[];
  readonly edges: readonly GraphEdge[];
}

/** An entry of a node's menu. */
export interface GraphAction {
  readonly label: string;
  readonly run: () => void;
}

/** The page around the graph. */
export interface GraphHost<Node extends GraphNode = GraphNode> {
  /** A click on a node, or Enter. */
  readonly open: (node: Node) => void;
  /** What a right click on a node (or the menu key) offers below the graph's own entries. */
  readonly actions?: (node: Node) => readonly GraphAction[];
  /** Keeps an export; without it the browser downloads the file. */
  readonly save?: (file: GraphFile) => void;
  /** What the user looks at has changed; to be given again as options. */
  readonly remember?: (options: GraphOptions) => void;
}

export interface GraphFile {
  /** `lineage.svg` */
  readonly name: string;
  readonly content: Blob;
}

export interface GraphOptions {
  /** The node to begin with: it and its neighbours are shown. None: everything. */
  readonly focus?: string;
  /** Steps of neighbours around the focus; 2 each when absent. */
  readonly up?: number;
  readonly down?: number;
}

/** A graph that is shown. */
export interface Graph<Node extends GraphNode = GraphNode> {
  /** Shows other data; what the user looks at stays where it can. */
  update(data: GraphData<Node>): void;
  /** Shows a node and its neighbours; none: everything. A node that is not there changes nothing. */
  focus(id: string | undefined): void;
  /** Colours nodes by what a run tells, without new data. */
  mark(statuses: ReadonlyMap<string, NodeStatus>): void;
  /** The colours have changed. */
  recolor(): void;
  dispose(): void;
}
