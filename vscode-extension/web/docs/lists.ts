// Pages about many nodes: the overview, all of a kind, all with a tag.
import type { Project, SiteNode } from "./data";
import { kinds, title, what } from "./data";
import { ago, count, h, table } from "./dom";
import { markdown, plain } from "./markdown";
import { tags } from "./page";
import { hash, nodeHash } from "./route";

export function overview(project: Project): HTMLElement {
  const { site } = project;
  const prose = h("div", { class: "prose" }, markdown(site.overview, 0));
  const own = prose.querySelector("h1");
  own?.setAttribute("tabindex", "-1");
  const numbers = kinds.map(([kind, name]) => [kind, name, project.ofKind(kind).length] as const);
  return h(
    "article",
    {},
    own === null ? h("h1", { tabindex: "-1" }, site.project) : undefined,
    h(
      "ul",
      { class: "numbers", "aria-label": "What the project has" },
      ...numbers
        .filter(([, , many]) => many > 0)
        .map(([kind, name, many]) =>
          h(
            "li",
            {},
            h(
              "a",
              { href: hash("list", kind) },
              h("strong", {}, many.toLocaleString("en")),
              " ",
              many === 1 ? kind : name.toLowerCase(),
            ),
          ),
        ),
    ),
    site.overview === ""
      ? h(
          "p",
          { class: "missing" },
          "What stands in the project's README.md, or in a doc block named __overview__, is shown here.",
        )
      : prose,
  );
}

export function list(name: string, nodes: readonly SiteNode[]): HTMLElement {
  const described = nodes.filter((node) => node.description !== undefined).length;
  return h(
    "article",
    {},
    h("h1", { tabindex: "-1" }, name),
    h("p", { class: "what" }, `${count(nodes.length, "node")}, ${String(described)} described`),
    table(
      name,
      ["Name", "What", "Description", "Tags", "Cache"],
      nodes.map((node) => [
        h("a", { href: nodeHash(node) }, title(node)),
        what(node),
        node.description === undefined ? "" : plain(node.description),
        node.tags === undefined ? "" : tags(node.tags),
        node.cache === undefined ? "" : ago(node.cache.at),
      ]),
    ),
  );
}
