import type { GraphEdge } from "../../web/graph/api";
import type { LineageNode } from "../../web/lineage/messages";

/** The server's command for what a model reads and what reads it. */
export const lineageCommand = "dvt.lineage";

/** The server's request for a project's graph, and its word that the graph has changed. */
export const graphRequest = "dvt/graph";
export const graphChanged = "dvt/graphChanged";

export type GraphParams = { readonly uri?: string; readonly projectDir?: string } & {
  readonly node?: string;
  readonly up?: number;
  readonly down?: number;
};

/** Without fields where there is no project. */
export type GraphAnswer =
  | { readonly projectDir?: undefined }
  | {
      readonly projectDir: string;
      readonly nodes: readonly LineageNode[];
      readonly edges: readonly GraphEdge[];
    };

/** The file whose lineage the user wants to see; none when only the answer is wanted. */
export function fileToShow(command: string, args: readonly unknown[]): string | undefined {
  const wanted = args[0] as { readonly uri?: unknown; readonly show?: unknown } | undefined;
  return command === lineageCommand && wanted?.show === true && typeof wanted.uri === "string"
    ? wanted.uri
    : undefined;
}

/** A file that may define a node by itself: others tell nothing of what the user looks at. */
export function mayBeNode(path: string): boolean {
  return /\.(?:py|sql|csv)$/.test(path);
}
