// What each column holds, beside the grid.
import type { Profile } from "../../src/preview/messages";
import { button, element } from "./elements";

export class ProfilePanel {
  readonly panel = element("section", { className: "profile", hidden: true, tabIndex: 0 });
  private readonly body = element("tbody");
  private readonly said = element("p");

  constructor(private readonly reveal: (column: string) => void) {
    this.panel.ariaLabel = "Profile of the columns";
    const heads = ["Column", "Type", "Nulls", "Distinct", "Min", "Max"].map((text) =>
      element("th", { scope: "col" }, text),
    );
    const head = element("thead", {}, element("tr", {}, ...heads));
    this.panel.append(this.said, element("table", {}, head, this.body));
  }

  get shown(): boolean {
    return !this.panel.hidden;
  }

  waiting(): void {
    this.say("Counting…");
    this.panel.ariaBusy = "true";
  }

  failed(message: string): void {
    this.say(message);
  }

  show(columns: readonly Profile[]): void {
    this.say("");
    this.body.replaceChildren(
      ...columns.map((column) => {
        const name = button(column.name, "Show this column", () => {
          this.reveal(column.name);
        });
        const cell = (text: string, className = ""): HTMLElement =>
          element("td", { className, title: text }, text);
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, name),
          cell(column.type, "type"),
          cell(column.nulls.toLocaleString("en"), "number"),
          cell(column.distinct.toLocaleString("en"), "number"),
          cell(column.min ?? ""),
          cell(column.max ?? ""),
        );
      }),
    );
  }

  private say(text: string): void {
    this.panel.ariaBusy = "false";
    this.said.textContent = text;
    this.said.hidden = text === "";
  }
}
