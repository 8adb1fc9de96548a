// A node on one page: what it is, its columns, its neighbours, its config.
import type { Project, SiteNode, Test } from "./data";
import { kinds, title, what } from "./data";
import { ago, count, h, table } from "./dom";
import { markdown } from "./markdown";
import type { Tab } from "./route";
import { hash, nodeHash } from "./route";

export function nodeLink(project: Project, id: string): HTMLElement {
  const node = project.byId.get(id);
  return node === undefined
    ? h("span", { title: "Not part of this site" }, id)
    : h("a", { href: nodeHash(node) }, title(node));
}

/** Its name, and where to go on from here. */
export function heading(node: SiteNode, tab: Tab): HTMLElement {
  const tabs: readonly (readonly [Tab, string])[] = [
    ["details", "Details"],
    ...(node.kind === "model" || node.kind === "snapshot" ? [["code", "Code"] as const] : []),
    ["lineage", "Lineage"],
  ];
  return h(
    "header",
    { class: "heading" },
    h("p", { class: "what" }, what(node)),
    h("h1", { tabindex: "-1" }, title(node)),
    h(
      "nav",
      { "aria-label": "Views of this node", class: "tabs" },
      ...tabs.map(([key, name]) =>
        h(
          "a",
          { href: nodeHash(node, key), "aria-current": key === tab ? "page" : undefined },
          name,
        ),
      ),
    ),
  );
}

export function details(project: Project, node: SiteNode): HTMLElement {
  const sections = [
    description(node),
    facts(node),
    neighbours(project, "Depends on", node.reads ?? []),
    neighbours(project, "Used by", project.readersOf(node.id)),
    columns(node),
    section("Tests", node.tests === undefined ? undefined : tests(node.tests)),
    section("Meta", node.meta === undefined ? undefined : values(node.meta)),
    section("Config", node.config === undefined ? undefined : values(node.config)),
  ];
  return h("div", { class: "details" }, ...sections);
}

function section(name: string, content: Node | undefined): HTMLElement | undefined {
  return content && h("section", {}, h("h2", {}, name), content);
}

function description(node: SiteNode): HTMLElement {
  const texts = [node.description, node.from?.description].filter((text) => text !== undefined);
  return texts.length === 0
    ? h("p", { class: "missing" }, "No description yet.")
    : h("div", { class: "prose" }, ...texts.map((text) => markdown(text, 2)));
}

function facts(node: SiteNode): HTMLElement {
  const { cache, run, from } = node;
  const rows: readonly (readonly [string, Node | string | undefined])[] = [
    ["File", h("code", {}, node.path)],
    ["Package", node.package],
    [
      node.kind === "source" ? "Lives at" : "Lands at",
      node.relation === undefined ? undefined : h("code", {}, node.relation),
    ],
    ["Target", node.target],
    ["Owner", node.owner],
    ["Group", node.group],
    ["Tags", node.tags === undefined ? undefined : tags(node.tags)],
    ["Address", node.url === undefined ? undefined : outside(node.url)],
    ["Loader", from?.loader],
    ["Loaded at", from?.loadedAt],
    ["Freshness", from?.freshness?.join(", ")],
    ["Cache", cache && cached(cache)],
    ["Last run", run && ran(run)],
  ];
  return h(
    "dl",
    { class: "facts" },
    ...rows.flatMap(([name, value]) =>
      value === undefined ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, value))],
    ),
  );
}

function outside(url: string): HTMLElement | string {
  return /^https?:/i.test(url)
    ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url)
    : url;
}

function cached(cache: NonNullable<SiteNode["cache"]>): HTMLElement {
  const most = cache.atMost === true ? "at most " : "";
  return h("span", {}, `${most}${count(cache.rows, "row")}, read `, ago(cache.at));
}

function ran(run: NonNullable<SiteNode["run"]>): HTMLElement {
  const how =
    run.code === undefined
      ? `succeeded${run.rows === undefined ? "" : ` with ${count(run.rows, "row")}`}`
      : `failed with ${run.code}`;
  return h(
    "span",
    { class: run.code === undefined ? "passed" : "failed" },
    `${how} on ${run.target} `,
    ago(run.at),
    ` in ${run.seconds.toLocaleString("en")} s`,
    run.message === undefined ? undefined : h("span", { class: "message" }, run.message),
  );
}

export function tags(all: readonly string[]): HTMLElement {
  return h(
    "span",
    { class: "tags" },
    ...all.map((tag) => h("a", { href: hash("tag", tag), class: "tag" }, tag)),
  );
}

function neighbours(
  project: Project,
  name: string,
  ids: readonly string[],
): HTMLElement | undefined {
  const groups = kinds.flatMap(([kind, words]) => {
    const own = ids.filter((id) => (project.byId.get(id)?.kind ?? kindOf(id)) === kind);
    return own.length === 0 ? [] : [[words, own] as const];
  });
  return groups.length === 0
    ? undefined
    : h(
        "section",
        {},
        h("h2", {}, name),
        ...groups.map(([words, own]) =>
          h(
            "div",
            { class: "neighbours" },
            h("h3", {}, words),
            h("ul", {}, ...own.map((id) => h("li", {}, nodeLink(project, id)))),
          ),
        ),
      );
}

/** Of a node that is not part of the site. */
function kindOf(id: string): string {
  return id.split(".")[0] ?? "";
}

function columns(node: SiteNode): HTMLElement | undefined {
  const all = node.columns ?? [];
  return section(
    "Columns",
    all.length === 0
      ? undefined
      : table(
          "Columns",
          ["Name", "Type", "Description", "Tests"],
          all.map((column) => [
            h("code", {}, column.name),
            column.type === undefined ? "" : h("code", { class: "type" }, column.type),
            h("div", { class: "prose" }, markdown(column.description ?? "", 3)),
            tests(column.tests ?? []),
          ]),
        ),
  );
}

function tests(all: readonly Test[]): HTMLElement {
  return h(
    "ul",
    { class: "tests" },
    ...all.map((test) =>
      h(
        "li",
        {},
        h("code", {}, test.name),
        test.arguments === undefined ? undefined : ` ${test.arguments}`,
      ),
    ),
  );
}

function values(of: Readonly<Record<string, unknown>>): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    ...Object.entries(of).map(([key, value]) =>
      h("div", {}, h("dt", {}, key), h("dd", {}, h("code", {}, word(value)))),
    ),
  );
}

function word(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
