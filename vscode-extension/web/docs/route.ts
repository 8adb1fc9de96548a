// What the part of the address behind # means. Nodes have dbt's own addresses: `#!/model/model.shop.orders`.
import type { SiteNode } from "./data";

export type Tab = "details" | "code" | "lineage";

export type Route =
  | { readonly page: "overview" }
  | { readonly page: "lineage" }
  | { readonly page: "search"; readonly query: string }
  | { readonly page: "list"; readonly kind: string }
  | { readonly page: "tag"; readonly tag: string }
  | { readonly page: "node"; readonly id: string; readonly tab: Tab };

export function parse(hash: string): Route {
  const [first = "", second = "", third = ""] = hash
    .replace(/^#!?\/?/, "")
    .split("/")
    .map(decoded);
  switch (first) {
    case "":
    case "overview":
      return { page: "overview" };
    case "lineage":
      return { page: "lineage" };
    case "search":
      return { page: "search", query: second };
    case "list":
      return { page: "list", kind: second };
    case "tag":
      return { page: "tag", tag: second };
    default: {
      const id = second.replace(/[#?].*$/, ""); // dbt's own addresses may end in #details
      return { page: "node", id, tab: third === "code" || third === "lineage" ? third : "details" };
    }
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function nodeHash(node: Pick<SiteNode, "id" | "kind">, tab: Tab = "details"): string {
  return `#!/${node.kind}/${encodeURIComponent(node.id)}${tab === "details" ? "" : `/${tab}`}`;
}

export function hash(page: "search" | "list" | "tag", of: string): string {
  return `#!/${page}/${encodeURIComponent(of)}`;
}
