// The graph of the lineage view, over the nodes of the site.
import type { Graph, GraphData, GraphNode } from "../graph/api";
import { showGraph } from "../graph/show";
import type { Project, SiteNode } from "./data";
import { title } from "./data";
import { nodeHash } from "./route";

interface Shown extends GraphNode {
  readonly of: SiteNode;
}

function graphOf(project: Project): GraphData<Shown> {
  const indexes = new Map(project.site.nodes.map((node, index) => [node.id, index]));
  return {
    nodes: project.site.nodes.map(shown),
    edges: project.site.nodes.flatMap((node, to) =>
      (node.reads ?? []).flatMap((id) => {
        const from = indexes.get(id);
        return from === undefined ? [] : [[from, to] as const];
      }),
    ),
  };
}

function shown(node: SiteNode): Shown {
  return {
    id: node.id,
    name: title(node),
    kind: node.kind,
    of: node,
    ...(node.language !== undefined && { language: node.language }),
    ...(node.materialized !== undefined && { materialization: node.materialized }),
    ...(node.tags !== undefined && { tags: node.tags }),
    ...(node.run !== undefined && {
      status: node.run.code === undefined ? ("passed" as const) : ("failed" as const),
      at: node.run.at,
      ...(node.run.rows !== undefined && { rows: node.run.rows }),
    }),
  };
}

let made: GraphData<Shown> | undefined;

/**
 * @param focus the node to begin with; none: all of them
 * @return what ends it
 */
export function showLineage(element: HTMLElement, project: Project, focus?: string): () => void {
  made ??= graphOf(project);
  const graph: Graph<Shown> = showGraph(
    element,
    made,
    {
      open: (node) => {
        location.hash = nodeHash(node.of);
      },
      actions: (node) => [
        {
          label: "Open code",
          run: () => {
            location.hash = nodeHash(node.of, "code");
          },
        },
      ],
    },
    focus === undefined ? {} : { focus },
  );
  const recolor = (): void => {
    graph.recolor();
  };
  const schemes = [
    "(prefers-color-scheme: dark)",
    "(prefers-contrast: more)",
    "(forced-colors: active)",
  ].map((query) => window.matchMedia(query));
  schemes.forEach((scheme) => {
    scheme.addEventListener("change", recolor);
  });
  return () => {
    schemes.forEach((scheme) => {
      scheme.removeEventListener("change", recolor);
    });
    graph.dispose();
  };
}
