import type { GraphAction } from "./api";
import { make } from "./dom";

/** A menu at a place of its parent; one at a time. */
export class Menu {
  private close: () => void = () => undefined;

  constructor(private readonly parent: HTMLElement) {}

  /** Opens at a place of the parent; the focus goes back to where it was. */
  open(label: string, actions: readonly GraphAction[], x: number, y: number): void {
    this.close();
    const before = document.activeElement;
    const menu = make("div", { class: "graph-menu", role: "menu", "aria-label": label });
    const close = (): void => {
      menu.remove();
      document.removeEventListener("pointerdown", outside, true);
      window.removeEventListener("blur", close);
      if (before instanceof HTMLElement) {
        before.focus();
      }
      this.close = () => undefined;
    };
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node && menu.contains(event.target))) {
        close();
      }
    };
    this.close = close;
    for (const action of actions) {
      const item = make("button", { role: "menuitem", tabindex: "-1" }, action.label);
      item.addEventListener("click", () => {
        close();
        action.run();
      });
      menu.append(item);
    }
    menu.addEventListener("keydown", (event) => {
      this.key(event, menu);
    });
    document.addEventListener("pointerdown", outside, true);
    window.addEventListener("blur", close);
    this.parent.append(menu);
    const { clientWidth, clientHeight } = this.parent;
    menu.style.left = `${Math.max(0, Math.min(x, clientWidth - menu.offsetWidth - 4))}px`;
    menu.style.top = `${Math.max(0, Math.min(y, clientHeight - menu.offsetHeight - 4))}px`;
    (menu.firstElementChild as HTMLElement | null)?.focus();
  }

  private key(event: KeyboardEvent, menu: HTMLElement): void {
    const items = [...menu.children] as HTMLElement[];
    const at = items.findIndex((item) => item === document.activeElement);
    const go = (to: number): void => {
      items[(to + items.length) % items.length]?.focus();
    };
    switch (event.key) {
      case "ArrowDown":
        go(at + 1);
        break;
      case "ArrowUp":
        go(at - 1);
        break;
      case "Home":
        go(0);
        break;
      case "End":
        go(-1);
        break;
      case "Escape":
      case "Tab":
        this.close();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
