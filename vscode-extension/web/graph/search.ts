import type { GraphNode } from "./api";
import { freshId, make } from "./dom";
import { kindText } from "./texts";

const mostResults = 30;

/** A field that finds nodes by name, with its results below. */
export class Search {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private found: readonly GraphNode[] = [];
  private at = 0;

  constructor(
    private readonly find: (text: string, atMost: number) => readonly GraphNode[],
    private readonly take: (id: string) => void,
    private readonly leave: () => void,
  ) {
    const listId = freshId();
    this.input = make("input", {
      type: "text",
      role: "combobox",
      placeholder: "Search ( / )",
      "aria-label": "Search nodes by name, tag or kind",
      "aria-expanded": "false",
      "aria-controls": listId,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.list = make("ul", { id: listId, role: "listbox", "aria-label": "Nodes found" });
    this.list.hidden = true;
    this.element = make("div", { class: "graph-search" }, this.input, this.list);
    this.input.addEventListener("input", () => {
      this.look();
    });
    this.input.addEventListener("keydown", (event) => {
      this.key(event);
    });
    this.input.addEventListener("blur", () => {
      this.hide();
    });
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private look(): void {
    this.found = this.find(this.input.value, mostResults);
    this.at = 0;
    this.list.replaceChildren(
      ...this.found.map((node, index) => {
        const item = make(
          "li",
          { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" },
          make("span", {}, node.name),
          make("span", { class: "graph-detail" }, kindText(node)),
        );
        // Before the field loses the focus, which hides the list.
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.choose(index);
        });
        return item;
      }),
    );
    if (this.found.length === 0 && this.input.value.trim() !== "") {
      const none = make("li", { role: "option", "aria-disabled": "true" }, "Nothing has that name");
      this.list.append(none);
    }
    this.list.hidden = this.list.childElementCount === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + this.found.length) % Math.max(1, this.found.length);
      this.mark();
    } else if (event.key === "Enter") {
      this.choose(this.at);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.hide();
      this.leave();
    } else {
      return;
    }
    event.preventDefault();
  }

  private mark(): void {
    [...this.list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === this.at));
      if (index === this.at) {
        item.scrollIntoView({ block: "nearest" });
      }
    });
    if (this.found.length > 0) {
      this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  private choose(index: number): void {
    const node = this.found[index];
    if (node !== undefined) {
      this.input.value = "";
      this.hide();
      this.take(node.id);
      this.leave();
    }
  }

  private hide(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
