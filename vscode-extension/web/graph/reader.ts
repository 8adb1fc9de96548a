import { freshId, make } from "./dom";

/**
 * The graph for the keyboard and for screen readers: a list of which the current node is the active
 * descendant. It lies over the drawing, and lets the mouse through.
 */
export class Reader {
  readonly element: HTMLElement;
  private readonly prefix = freshId();
  private turn = 0;
  private option = make("div");

  constructor(keys: (event: KeyboardEvent) => void) {
    const help = make(
      "span",
      { id: `${this.prefix}-help`, hidden: "" },
      "Left and right follow what a node reads and what reads it, up and down stay in a column. " +
        "Enter opens, Shift with left or right shows more, slash searches, the menu key shows actions.",
    );
    this.element = make(
      "div",
      {
        class: "graph-reader",
        role: "listbox",
        tabindex: "0",
        "aria-label": "Lineage",
        "aria-describedby": help.id,
      },
      help,
    );
    this.element.addEventListener("keydown", keys);
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /**
   * @param text what is said of the current node
   * @param place from 1, of how many
   */
  show(label: string, text: string, place: number, of: number): void {
    const option = make(
      "div",
      {
        role: "option",
        // Another id for another node, or nothing would be said.
        id: `${this.prefix}-${++this.turn}`,
        "aria-selected": "true",
        "aria-posinset": String(place),
        "aria-setsize": String(of),
      },
      text,
    );
    this.element.setAttribute("aria-label", label);
    this.option.remove();
    this.element.append(option);
    this.element.setAttribute("aria-activedescendant", option.id);
    this.option = option;
  }

  /** Where the current node is on the screen: a magnifier follows. */
  place(at: { readonly x: number; readonly y: number }): void {
    this.option.style.left = `${at.x}px`;
    this.option.style.top = `${at.y}px`;
  }
}
