// What data.js and code.js of a site hold (written by dev.dvtls.assist.docs), and what follows from it.

export type Kind = "model" | "seed" | "snapshot" | "source" | "exposure";

export interface Test {
  readonly name: string;
  readonly arguments?: string;
}

export interface Column {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly tests?: readonly Test[];
}

export interface SiteNode {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** Of a source's table. */
  readonly source?: string;
  readonly version?: string;
  /** Of an exposure: its name for people. */
  readonly label?: string;
  /** Where it is not the project's own. */
  readonly package?: string;
  readonly path: string;
  readonly language?: "python" | "sql";
  readonly materialized?: string;
  readonly relation?: string;
  readonly target?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly group?: string;
  readonly owner?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly columns?: readonly Column[];
  readonly tests?: readonly Test[];
  /** The source that a table is of. */
  readonly from?: {
    readonly description?: string;
    readonly loader?: string;
    readonly loadedAt?: string;
    readonly freshness?: readonly string[];
  };
  readonly reads?: readonly string[];
  readonly cache?: { readonly rows: number; readonly atMost?: boolean; readonly at: string };
  readonly run?: {
    readonly at: string;
    readonly target: string;
    readonly rows?: number;
    readonly seconds: number;
    readonly code?: string;
    readonly message?: string;
  };
  /** Of an exposure. */
  readonly type?: string;
  readonly url?: string;
}

export interface Site {
  readonly project: string;
  readonly overview: string;
  readonly nodes: readonly SiteNode[];
}

export interface CodeFile {
  readonly id: string;
  readonly text: string;
  /** Where the text names other nodes: UTF-16 code units. */
  readonly links?: readonly (readonly [start: number, end: number, id: string])[];
}

declare global {
  var dvtDocs: Site | undefined;
  var dvtCode: { readonly files: readonly CodeFile[] } | undefined;
}

/** A site with what is asked of it often. */
export class Project {
  readonly byId: ReadonlyMap<string, SiteNode>;
  private readonly readers = new Map<string, string[]>();

  constructor(readonly site: Site) {
    this.byId = new Map(site.nodes.map((node) => [node.id, node]));
    for (const node of site.nodes) {
      for (const read of node.reads ?? []) {
        const readers = this.readers.get(read);
        if (readers === undefined) {
          this.readers.set(read, [node.id]);
        } else {
          readers.push(node.id);
        }
      }
    }
  }

  readersOf(id: string): readonly string[] {
    return this.readers.get(id) ?? [];
  }

  ofKind(kind: string): readonly SiteNode[] {
    return this.site.nodes.filter((node) => node.kind === kind);
  }
}

/** As people write it: `orders`, `orders v2`, `ops.orders`. */
export function title(node: SiteNode): string {
  const source = node.source === undefined ? "" : `${node.source}.`;
  const version = node.version === undefined ? "" : ` v${node.version}`;
  return node.label ?? `${source}${node.name}${version}`;
}

/** What it is, in a few words. */
export function what(node: SiteNode): string {
  switch (node.kind) {
    case "model": {
      const language = node.language === "python" ? "Python" : "SQL";
      return `${language} model · ${node.materialized ?? ""}`;
    }
    case "exposure":
      return node.type === undefined ? "exposure" : `exposure · ${node.type}`;
    case "seed":
    case "snapshot":
    case "source":
      return node.kind;
  }
}

export const kinds: readonly (readonly [Kind, string])[] = [
  ["model", "Models"],
  ["source", "Sources"],
  ["seed", "Seeds"],
  ["snapshot", "Snapshots"],
  ["exposure", "Exposures"],
];

let code: Promise<ReadonlyMap<string, CodeFile>> | undefined;

/** The texts of models. They come after the page, which does not wait for them. */
export function loadCode(): Promise<ReadonlyMap<string, CodeFile>> {
  code ??= new Promise((resolve) => {
    const script = document.createElement("script");
    const done = (): void => {
      resolve(new Map((globalThis.dvtCode?.files ?? []).map((file) => [file.id, file])));
    };
    script.src = "code.js";
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });
  return code;
}
