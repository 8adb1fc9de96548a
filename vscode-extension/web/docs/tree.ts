// All nodes of the project: models in their folders, sources by name.
import type { Project, SiteNode } from "./data";
import { kinds, title } from "./data";
import { h } from "./dom";
import { nodeHash } from "./route";

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly nodes: SiteNode[];
}

const newFolder = (): Folder => ({ folders: new Map(), nodes: [] });

export class Tree {
  readonly element = h("nav", { "aria-label": "Nodes of the project", class: "tree" });
  private readonly root = newFolder();
  private readonly opened = new Map<string, HTMLDetailsElement>();

  constructor(project: Project) {
    for (const node of project.site.nodes) {
      let at = this.root;
      for (const part of place(node)) {
        let folder = at.folders.get(part);
        if (folder === undefined) {
          folder = newFolder();
          at.folders.set(part, folder);
        }
        at = folder;
      }
      at.nodes.push(node);
    }
    this.fill(this.element, this.root, "");
    this.opened.get("Models")?.setAttribute("open", "");
  }

  /** Opens the folders of a node and marks it; none: nothing is marked. */
  show(node: SiteNode | undefined): void {
    this.element.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (node === undefined) {
      return;
    }
    let path = "";
    for (const part of place(node)) {
      path += path === "" ? part : `/${part}`;
      const folder = this.opened.get(path);
      if (folder !== undefined) {
        folder.open = true;
        this.fillOnce(folder, path);
      }
    }
    const link = this.element.querySelector(`a[data-id="${CSS.escape(node.id)}"]`);
    link?.setAttribute("aria-current", "page");
    link?.scrollIntoView({ block: "nearest" });
  }

  private fill(into: HTMLElement, folder: Folder, path: string): void {
    const items = [...folder.folders]
      .sort(([a], [b]) => (path === "" ? rank(a) - rank(b) : 0) || compare(a, b))
      .map(([name]) => this.details(name, path === "" ? name : `${path}/${name}`));
    const links = folder.nodes
      .map((node) => [title(node), node] as const)
      .sort(([a], [b]) => compare(a, b))
      .map(([, node]) => link(node));
    into.append(h("ul", {}, ...[...items, ...links].map((item) => h("li", {}, item))));
  }

  /** What is in a folder is made when it is opened first: a project has thousands. */
  private details(name: string, path: string): HTMLElement {
    const size = String(sizeOf(this.folder(path)));
    const details = h(
      "details",
      {},
      h("summary", {}, name, " ", h("span", { class: "count" }, size)),
    );
    this.opened.set(path, details);
    details.addEventListener("toggle", () => {
      this.fillOnce(details, path);
    });
    return details;
  }

  private fillOnce(details: HTMLElement, path: string): void {
    if (details.childElementCount === 1) {
      this.fill(details, this.folder(path), path);
    }
  }

  private folder(path: string): Folder {
    return path
      .split("/")
      .reduce((folder, part) => folder.folders.get(part) ?? newFolder(), this.root);
  }
}

function link(node: SiteNode): HTMLElement {
  const text = node.kind === "source" ? node.name : title(node);
  const dot = h("span", { class: `dot ${node.language ?? node.kind}`, "aria-hidden": "true" });
  return h("a", { href: nodeHash(node), "data-id": node.id }, dot, text);
}

/** The folders that a node is in; no part has a slash. */
function place(node: SiteNode): readonly string[] {
  const group = kinds.find(([kind]) => kind === node.kind)?.[1] ?? "Others";
  const within = (): readonly string[] => {
    if (node.kind === "source") {
      return [node.source ?? ""];
    }
    const folders = node.path.split("/").slice(0, -1);
    return node.kind === "exposure" ? [] : folders.slice(node.package === undefined ? 1 : 3);
  };
  const packaged = node.package === undefined ? [] : ["Packages", node.package];
  return [...packaged, group, ...within()].map((part) => part.replaceAll("/", "∕"));
}

function rank(name: string): number {
  const known = kinds.findIndex(([, group]) => group === name);
  return known < 0 ? kinds.length : known;
}

function sizeOf(folder: Folder): number {
  return [...folder.folders.values()].reduce((sum, f) => sum + sizeOf(f), folder.nodes.length);
}

const collator = new Intl.Collator("en", { numeric: true });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}
