// Python and SQL in colours, with links where a name is another node's.
import hljs from "highlight.js/lib/core";
import type { HLJSApi, Language } from "highlight.js";
import python from "highlight.js/lib/languages/python";
import sql from "highlight.js/lib/languages/sql";
import type { CodeFile } from "./data";
import { h } from "./dom";

hljs.registerLanguage("python", python);
hljs.registerLanguage("sql", sqlWithJinja);

function sqlWithJinja(api: HLJSApi): Language {
  const language = sql(api);
  const inside = {
    keywords: "if elif else endif for endfor set in is not and or do macro endmacro",
    contains: [api.QUOTE_STRING_MODE, api.APOS_STRING_MODE, api.NUMBER_MODE],
  };
  return {
    ...language,
    contains: [
      api.COMMENT(/\{#/, /#\}/),
      { scope: "template-variable", begin: /\{\{/, end: /\}\}/, ...inside },
      { scope: "template-tag", begin: /\{%/, end: /%\}/, ...inside },
      ...language.contains,
    ],
  };
}

export function codeBlock(
  file: CodeFile,
  language: "python" | "sql",
  href: (id: string) => string | undefined,
): HTMLElement {
  const code = h("code", {});
  code.innerHTML = hljs.highlight(file.text, { language }).value; // escaped by highlight.js
  link(code, file, href);
  const lines = file.text.replace(/\n$/, "").split("\n").length;
  const numbers = Array.from({ length: lines }, (_, line) => line + 1).join("\n");
  return h(
    "div",
    { class: "code" },
    h("pre", { class: "numbers", "aria-hidden": "true" }, numbers),
    h("pre", { tabindex: "0", role: "region", "aria-label": "Code" }, code),
  );
}

/** Wraps the names; one that a colour cuts through stays as it is. */
function link(code: HTMLElement, file: CodeFile, href: (id: string) => string | undefined): void {
  const links = [...(file.links ?? [])];
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let begin = 0;
  let next = links.shift();
  for (let text = walker.nextNode() as Text | null; text !== null && next !== undefined;) {
    const [start, end, id] = next;
    const length = text.data.length;
    if (start >= begin + length) {
      begin += length;
      text = walker.nextNode() as Text | null;
      continue;
    }
    next = links.shift();
    const to = href(id);
    if (start < begin || end > begin + length || to === undefined) {
      continue;
    }
    const name = text.splitText(start - begin);
    const rest = name.splitText(end - start);
    const anchor = h("a", { href: to });
    name.replaceWith(anchor);
    anchor.append(name);
    walker.currentNode = rest;
    text = rest;
    begin = end;
  }
}
