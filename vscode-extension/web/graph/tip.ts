import type { GraphNode } from "./api";
import { make } from "./dom";
import { kindText, runText } from "./texts";

/** What is known of the node under the mouse. The reader says the same of the current one. */
export class Tip {
  private readonly element = make("div", { class: "graph-tip", "aria-hidden": "true" });

  constructor(private readonly parent: HTMLElement) {
    this.element.hidden = true;
    parent.append(this.element);
  }

  show(node: GraphNode | undefined, x: number, y: number): void {
    this.element.hidden = node === undefined;
    if (node === undefined) {
      return;
    }
    const run = runText(node);
    const tags = node.tags ?? [];
    const lines = [
      kindText(node),
      ...(run === "" ? [] : [run]),
      ...(tags.length === 0 ? [] : [`Tags: ${tags.join(", ")}`]),
    ];
    this.element.replaceChildren(
      make("strong", {}, node.name),
      ...lines.map((line) => make("div", {}, line)),
    );
    const { clientWidth, clientHeight } = this.parent;
    const { offsetWidth, offsetHeight } = this.element;
    const below = y + 18 + offsetHeight <= clientHeight;
    this.element.style.left = `${Math.max(0, Math.min(x + 8, clientWidth - offsetWidth - 4))}px`;
    this.element.style.top = `${below ? y + 18 : Math.max(0, y - offsetHeight - 12)}px`;
  }
}
