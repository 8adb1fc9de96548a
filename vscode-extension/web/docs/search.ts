// Names, columns, descriptions and tags by words; code as it is written.
import MiniSearch from "minisearch";
import type { CodeFile, Project, SiteNode } from "./data";
import { title } from "./data";
import { plain } from "./markdown";

/** A node that was found, and by what. */
export interface Found {
  readonly node: SiteNode;
  /** `column customer_id`; empty where the name alone tells. */
  readonly why: string;
  /** The words to mark in it. */
  readonly terms: readonly string[];
}

const MOST = 100;
const MOST_IN_CODE = 50;
const CHUNK = 250;

interface Words {
  readonly id: string;
  readonly name: string;
  readonly columns: string;
  readonly tags: string;
  readonly description: string;
  readonly path: string;
}

export class Search {
  private readonly index = new MiniSearch<Words>({
    fields: ["name", "columns", "tags", "description", "path"],
    searchOptions: {
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: "AND",
      boost: { name: 6, tags: 3, columns: 2 },
    },
  });
  private ready: Promise<void> | undefined;

  constructor(
    private readonly project: Project,
    private readonly code: () => Promise<ReadonlyMap<string, CodeFile>>,
  ) {}

  /** Reads everything once, in pieces between which the page answers. */
  prepare(): Promise<void> {
    this.ready ??= this.index.addAllAsync(this.project.site.nodes.map(words), { chunkSize: CHUNK });
    return this.ready;
  }

  async find(query: string): Promise<readonly Found[]> {
    const [code] = await Promise.all([this.code(), this.prepare()]);
    const asked = query.trim().toLowerCase();
    if (asked === "") {
      return [];
    }
    const found = new Map<string, Found>();
    for (const hit of this.index.search(asked)) {
      const node = this.project.byId.get(String(hit.id));
      if (node !== undefined && found.size < MOST) {
        found.set(node.id, { node, why: why(node, hit.match), terms: Object.keys(hit.match) });
      }
    }
    const named = [...found.values()].sort(
      (a, b) => nearness(a.node, asked) - nearness(b.node, asked),
    );
    return [...named, ...this.inCode(query.trim(), code, found)];
  }

  private inCode(
    query: string,
    code: ReadonlyMap<string, CodeFile>,
    known: ReadonlyMap<string, Found>,
  ): readonly Found[] {
    const literal = new RegExp(query.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
    const found: Found[] = [];
    for (const file of query.length < 2 ? [] : code.values()) {
      const node = this.project.byId.get(file.id);
      const at = node === undefined || known.has(file.id) ? -1 : file.text.search(literal);
      if (node !== undefined && at >= 0) {
        found.push({ node, why: lineAt(file.text, at), terms: [query] });
      }
      if (found.length === MOST_IN_CODE) {
        break;
      }
    }
    return found;
  }
}

function words(node: SiteNode): Words {
  return {
    id: node.id,
    name: `${title(node)} ${node.name}`,
    columns: (node.columns ?? []).map((c) => `${c.name} ${c.description ?? ""}`).join(" "),
    tags: (node.tags ?? []).join(" "),
    description: `${node.description ?? ""} ${node.from?.description ?? ""} ${node.owner ?? ""}`,
    path: node.path,
  };
}

/** The name itself, a name that begins so, the rest in the order of the index. */
function nearness(node: SiteNode, asked: string): number {
  const names = [title(node).toLowerCase(), node.name.toLowerCase()];
  return names.includes(asked) ? 0 : names.some((name) => name.startsWith(asked)) ? 1 : 2;
}

function why(node: SiteNode, match: Readonly<Record<string, readonly string[]>>): string {
  const terms = Object.keys(match);
  const fields = new Set(Object.values(match).flat());
  const has = (text: string): boolean =>
    terms.some((term) => text.toLowerCase().includes(term.toLowerCase()));
  if (fields.has("columns")) {
    const columns = (node.columns ?? []).filter((c) => has(`${c.name} ${c.description ?? ""}`));
    return `column${columns.length === 1 ? "" : "s"} ${columns.map((c) => c.name).join(", ")}`;
  }
  return node.description === undefined ? node.path : plain(node.description);
}

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const line = text.slice(0, at).split("\n").length;
  return `line ${line}: ${text.slice(start, end < 0 ? undefined : end).trim()}`;
}
