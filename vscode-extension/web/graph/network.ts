import type { GraphData, GraphNode } from "./api";

/** What of a graph is shown. */
export interface Scope {
  /** None: everything. */
  readonly focus: string | undefined;
  /** Steps of neighbours around the focus. */
  readonly up: number;
  readonly down: number;
  /** Nodes whose neighbours are shown besides. */
  readonly openUp: ReadonlySet<string>;
  readonly openDown: ReadonlySet<string>;
}

/** A graph whose neighbours can be asked for. */
export class Network<Node extends GraphNode = GraphNode> {
  private readonly byId: ReadonlyMap<string, number>;
  private readonly reads: readonly (readonly number[])[];
  private readonly readers: readonly (readonly number[])[];

  constructor(readonly data: GraphData<Node>) {
    this.byId = new Map(data.nodes.map((node, index) => [node.id, index]));
    const reads = data.nodes.map((): number[] => []);
    const readers = data.nodes.map((): number[] => []);
    for (const [from, to] of data.edges) {
      reads[to]?.push(from);
      readers[from]?.push(to);
    }
    this.reads = reads;
    this.readers = readers;
  }

  get size(): number {
    return this.data.nodes.length;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  node(id: string): Node | undefined {
    return this.data.nodes[this.byId.get(id) ?? -1];
  }

  upstream(id: string): readonly Node[] {
    return this.named(this.reads[this.byId.get(id) ?? -1]);
  }

  downstream(id: string): readonly Node[] {
    return this.named(this.readers[this.byId.get(id) ?? -1]);
  }

  /** The ids that a scope shows, in the order of the data. */
  visible(scope: Scope): ReadonlySet<string> {
    const focus = scope.focus === undefined ? undefined : this.byId.get(scope.focus);
    if (focus === undefined) {
      return new Set(this.byId.keys());
    }
    const shown = new Set<number>([focus]);
    reach(shown, focus, scope.up, this.reads);
    reach(shown, focus, scope.down, this.readers);
    const open = (ids: ReadonlySet<string>, next: readonly (readonly number[])[]): void => {
      for (const id of ids) {
        const index = this.byId.get(id);
        if (index !== undefined && shown.has(index)) {
          next[index]?.forEach((one) => shown.add(one));
        }
      }
    };
    // What was opened last may hang on what was opened before.
    for (let before = 0; before < shown.size;) {
      before = shown.size;
      open(scope.openUp, this.reads);
      open(scope.openDown, this.readers);
    }
    return new Set(
      [...shown].sort((a, b) => a - b).flatMap((index) => this.data.nodes[index]?.id ?? []),
    );
  }

  /** The part of the data that is shown. */
  part(ids: ReadonlySet<string>): GraphData<Node> {
    const index = new Map<number, number>();
    const nodes: Node[] = [];
    for (const id of ids) {
      const at = this.byId.get(id);
      const node = at === undefined ? undefined : this.data.nodes[at];
      if (at !== undefined && node !== undefined) {
        index.set(at, nodes.push(node) - 1);
      }
    }
    const edges = [...index].flatMap(([at, to]) =>
      (this.reads[at] ?? []).flatMap((read) => {
        const from = index.get(read);
        return from === undefined ? [] : [[from, to] as const];
      }),
    );
    return { nodes, edges };
  }

  /** How many neighbours of a node are not among those shown. */
  hidden(id: string, shown: ReadonlySet<string>): { readonly up: number; readonly down: number } {
    const count = (nodes: readonly Node[]): number =>
      nodes.filter((node) => !shown.has(node.id)).length;
    return { up: count(this.upstream(id)), down: count(this.downstream(id)) };
  }

  /** Nodes by a part of their name, the nearest first; `tag:x` and a kind's word work too. */
  search(text: string, atMost: number): readonly Node[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") {
      return [];
    }
    return this.data.nodes
      .flatMap((node) => {
        const rank = rankOf(node, wanted);
        return rank === undefined ? [] : [{ node, rank }];
      })
      .sort((a, b) => a.rank - b.rank || a.node.name.localeCompare(b.node.name))
      .slice(0, atMost)
      .map(({ node }) => node);
  }

  private named(indexes: readonly number[] | undefined): readonly Node[] {
    return (indexes ?? []).flatMap((index) => this.data.nodes[index] ?? []);
  }
}

function reach(
  shown: Set<number>,
  from: number,
  steps: number,
  next: readonly (readonly number[])[],
): void {
  const reached = new Set([from]);
  let last = [from];
  for (let step = 0; step < steps && last.length > 0; step++) {
    last = [...new Set(last.flatMap((index) => next[index] ?? []))].filter(
      (index) => !reached.has(index),
    );
    last.forEach((index) => {
      reached.add(index);
      shown.add(index);
    });
  }
}

function rankOf(node: GraphNode, wanted: string): number | undefined {
  const name = node.name.toLowerCase();
  const at = name.indexOf(wanted);
  if (at >= 0) {
    const atWord = at === 0 || /[\W_]/.test(name[at - 1] ?? "");
    return name === wanted ? 0 : at === 0 ? 1 : atWord ? 2 : 3;
  }
  const tag = wanted.replace(/^tag:/, "");
  if (node.tags?.some((one) => one.toLowerCase() === tag)) {
    return 4;
  }
  return [node.kind, node.language, node.materialization].includes(wanted) ? 5 : undefined;
}
