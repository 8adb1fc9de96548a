// The documentation site of `dvt-ls docs`: one page, told by the part of the address behind # what
// to show. It opens from a folder, so everything comes from scripts beside it.
import { codeBlock } from "./code";
import type { Found } from "./search";
import { Search } from "./search";
import { kinds, loadCode, Project, title, what } from "./data";
import { h } from "./dom";
import { showLineage } from "./lineage";
import { list, overview } from "./lists";
import { details, heading } from "./page";
import type { Route } from "./route";
import { hash, nodeHash, parse } from "./route";
import { Tree } from "./tree";
import "./style.css";

const SEARCH_MILLIS = 120;

class Page {
  private readonly project: Project;
  private readonly search: Search;
  private readonly tree: Tree;
  private readonly main = h("main", { id: "main" });
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly input = h("input", {
    type: "search",
    "aria-label": "Search models, columns, descriptions and code",
    placeholder: "Search  (/)",
    autocomplete: "off",
    spellcheck: "false",
  });
  private route: Route = { page: "overview" };
  private leave: () => void = () => undefined;
  private timer: number | undefined;

  constructor(site: NonNullable<typeof globalThis.dvtDocs>) {
    this.project = new Project(site);
    this.search = new Search(this.project, loadCode);
    this.tree = new Tree(this.project);
    const skip = h("a", { href: "#main", class: "skip" }, "Skip to the content");
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      this.focusHeading();
    });
    const menu = h("button", { class: "menu", "aria-expanded": "false" }, "Nodes");
    menu.addEventListener("click", () => {
      const open = document.body.classList.toggle("menu-open");
      menu.setAttribute("aria-expanded", String(open));
    });
    document.body.append(
      skip,
      h(
        "header",
        { class: "top" },
        menu,
        h("a", { href: "#!/overview", class: "project" }, site.project),
        h("search", {}, this.input),
        h("a", { href: "#!/lineage" }, "Lineage"),
      ),
      this.tree.element,
      this.main,
      this.said,
    );
    this.listen();
    this.show(false);
    window.requestIdleCallback(() => {
      void loadCode();
      void this.search.prepare();
    });
  }

  private listen(): void {
    window.addEventListener("hashchange", () => {
      document.body.classList.remove("menu-open");
      this.show(true);
    });
    this.input.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => {
        this.showSearch();
      }, SEARCH_MILLIS);
    });
    this.input.addEventListener("keydown", (event) => {
      const first = this.main.querySelector<HTMLAnchorElement>(".results a");
      if (event.key === "ArrowDown" && first !== null) {
        event.preventDefault();
        first.focus();
      } else if (event.key === "Enter") {
        window.clearTimeout(this.timer);
        void this.find(this.input.value).then(() => {
          this.main.querySelector<HTMLAnchorElement>(".results a")?.click();
        });
      }
    });
    this.main.addEventListener("keydown", (event) => {
      this.amongResults(event);
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof HTMLInputElement;
      if (
        event.key === "/" &&
        !event.defaultPrevented &&
        !typing &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey
      ) {
        event.preventDefault();
        this.input.focus();
        this.input.select();
      }
    });
  }

  /** Arrows go from result to result. */
  private amongResults(event: KeyboardEvent): void {
    const results = [...this.main.querySelectorAll<HTMLAnchorElement>(".results a")];
    const at = results.findIndex((result) => result === document.activeElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (at >= 0 && step !== 0) {
      event.preventDefault();
      (results[at + step] ?? (step < 0 ? this.input : undefined))?.focus();
    }
  }

  /** The address follows what is typed, so that going back returns to it. */
  private showSearch(): void {
    const query = this.input.value.trim();
    const to = query === "" ? "#!/overview" : hash("search", query);
    if (this.route.page === "search") {
      history.replaceState(undefined, "", to);
      this.show(false);
    } else if (query !== "") {
      history.pushState(undefined, "", to);
      this.show(false);
    }
  }

  /**
   * @param moved the user followed a link: what reads the page aloud goes on at its heading
   */
  private show(moved: boolean): void {
    this.leave();
    this.leave = () => undefined;
    this.route = parse(location.hash);
    document.title = this.project.site.project;
    this.main.className = this.route.page;
    const { route } = this;
    if (route.page === "search") {
      if (document.activeElement !== this.input) {
        this.input.value = route.query;
      }
      void this.find(route.query);
      return;
    }
    this.input.value = "";
    this.said.textContent = "";
    const node = route.page === "node" ? this.project.byId.get(route.id) : undefined;
    this.tree.show(node);
    this.main.replaceChildren(...this.content(route));
    window.scrollTo(0, 0);
    if (moved) {
      this.focusHeading();
    }
  }

  private focusHeading(): void {
    this.main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  private content(route: Exclude<Route, { page: "search" }>): readonly HTMLElement[] {
    switch (route.page) {
      case "overview":
        return [overview(this.project)];
      case "lineage":
        return [h("h1", { tabindex: "-1" }, "Lineage"), this.lineage()];
      case "list": {
        const name = kinds.find(([kind]) => kind === route.kind)?.[1] ?? route.kind;
        return [list(name, this.project.ofKind(route.kind))];
      }
      case "tag":
        return [
          list(
            `Tagged ${route.tag}`,
            this.project.site.nodes.filter((node) => node.tags?.includes(route.tag)),
          ),
        ];
      case "node":
        return this.node(route);
    }
  }

  private node(route: Extract<Route, { page: "node" }>): readonly HTMLElement[] {
    const node = this.project.byId.get(route.id);
    if (node === undefined) {
      return [
        h("h1", { tabindex: "-1" }, "Not here"),
        h("p", {}, "This site has no ", h("code", {}, route.id), ". Search for its name above."),
      ];
    }
    document.title = `${title(node)} · ${this.project.site.project}`;
    const code = h("section", { class: "code-tab" });
    void loadCode().then((files) => {
      const file = files.get(node.id);
      const language = node.language ?? "sql";
      if (file !== undefined) {
        code.replaceChildren(
          codeBlock(file, language, (id) => {
            const to = this.project.byId.get(id);
            return to && nodeHash(to);
          }),
        );
      }
    });
    const about = details(this.project, node);
    about.hidden = route.tab !== "details";
    code.hidden = route.tab !== "code";
    return [
      heading(node, route.tab),
      about,
      code,
      ...(route.tab === "lineage" ? [this.lineage(node.id)] : []),
    ];
  }

  private lineage(focus?: string): HTMLElement {
    const element = h("section", { class: "graph", "aria-label": "Lineage" });
    // It measures itself: that needs it to be in the page.
    queueMicrotask(() => {
      this.leave = showLineage(element, this.project, focus);
    });
    return element;
  }

  private async find(query: string): Promise<void> {
    const found = await this.search.find(query);
    if (this.route.page !== "search" && query === "") {
      return;
    }
    const many = found.length === 0 ? "Nothing" : String(found.length);
    this.said.textContent = `${many} found for ${query}`;
    this.main.className = "search";
    this.main.replaceChildren(
      h("h1", { tabindex: "-1" }, `${many} found for “${query}”`),
      h("ol", { class: "results" }, ...found.map((one) => h("li", {}, result(one)))),
    );
  }
}

function result({ node, why, terms }: Found): HTMLElement {
  return h(
    "a",
    { href: nodeHash(node) },
    h("strong", {}, ...marked(title(node), terms)),
    h("span", { class: "what" }, what(node)),
    h("span", { class: "why" }, ...marked(why, terms)),
  );
}

/** A text with these words in it marked. */
function marked(text: string, terms: readonly string[]): readonly (Node | string)[] {
  const words = terms.map((term) => term.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return words === ""
    ? [text]
    : text
        .split(new RegExp(`(${words})`, "gi"))
        .map((part, index) => (index % 2 === 1 ? h("mark", {}, part) : part));
}

const site = globalThis.dvtDocs;
if (site === undefined) {
  document.body.append(
    h("p", {}, "data.js, which lies beside this page, could not be read. Run `dvt-ls docs` again."),
  );
} else {
  new Page(site);
}
