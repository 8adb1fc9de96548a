import { make } from "./dom";
import type { Search } from "./search";

/** What the bar can do. */
export interface BarActions {
  readonly steps: (up: number, down: number) => void;
  readonly everything: (wanted: boolean) => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly exports: (button: HTMLElement) => void;
}

const mostSteps = 50;

/** Search, how much is shown, zoom and export. */
export class Bar {
  readonly element: HTMLElement;
  private readonly up: HTMLInputElement;
  private readonly down: HTMLInputElement;
  private readonly all: HTMLButtonElement;
  private readonly count: HTMLElement;

  constructor(search: Search, actions: BarActions) {
    const stepped = (): void => {
      actions.steps(stepsOf(this.up), stepsOf(this.down));
    };
    this.up = steps(stepped);
    this.down = steps(stepped);
    this.all = button("Whole project", "Show every node of the project", () => {
      actions.everything(this.all.getAttribute("aria-pressed") !== "true");
    });
    const exports: HTMLButtonElement = button("Export", "Save as SVG, PNG or Mermaid", () => {
      actions.exports(exports);
    });
    exports.setAttribute("aria-haspopup", "menu");
    // Said when it changes.
    this.count = make("span", { class: "graph-count", role: "status" });
    this.element = make(
      "div",
      { class: "graph-bar" },
      search.element,
      make("label", {}, "Upstream", this.up),
      make("label", {}, "Downstream", this.down),
      this.all,
      this.count,
      make("span", { class: "graph-space" }),
      button("−", "Zoom out", () => {
        actions.zoom(1 / 1.3);
      }),
      button("+", "Zoom in", () => {
        actions.zoom(1.3);
      }),
      button("Fit", "Show all of it", actions.fit),
      exports,
    );
  }

  /** @param everything the whole project is shown; no focus: there is nothing else to show */
  show(up: number, down: number, everything: boolean, focused: boolean): void {
    this.up.value = String(up);
    this.down.value = String(down);
    this.up.disabled = this.down.disabled = everything;
    this.all.setAttribute("aria-pressed", String(everything));
    this.all.disabled = everything && !focused;
  }

  say(text: string): void {
    if (this.count.textContent !== text) {
      this.count.textContent = text;
    }
  }
}

function steps(changed: () => void): HTMLInputElement {
  const input = make("input", { type: "number", min: "0", max: String(mostSteps) });
  input.addEventListener("change", changed);
  return input;
}

function stepsOf(input: HTMLInputElement): number {
  const value = Math.round(Number(input.value));
  return Number.isFinite(value) ? Math.min(mostSteps, Math.max(0, value)) : 1;
}

function button(text: string, title: string, click: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", title, "aria-label": title }, text);
  if (/\w/.test(text)) {
    made.removeAttribute("aria-label");
  }
  made.addEventListener("click", click);
  return made;
}
