// The dialog that filters a column.
import { operators, type Filter, type Operator } from "../../src/preview/messages";
import { button, element } from "./elements";
import { hasValue, operatorTexts } from "./texts";

export class FilterDialog {
  private readonly dialog = element("dialog", { className: "filter" });
  private readonly title = element("h2", { id: "filter-title" });
  private readonly operator = element("select", { ariaLabel: "Condition" });
  private readonly value = element("input", { type: "text", ariaLabel: "Value" });
  private column = "";

  constructor(
    host: HTMLElement,
    private readonly apply: (column: string, filter: Filter | undefined) => void,
    closed: () => void,
  ) {
    this.operator.append(
      ...operators.map((op) => element("option", { value: op }, operatorTexts[op])),
    );
    this.operator.addEventListener("change", () => {
      this.showValue();
    });
    const form = element(
      "form",
      { method: "dialog" },
      this.title,
      this.operator,
      this.value,
      element(
        "div",
        { className: "buttons" },
        element("button", { type: "submit", className: "primary" }, "Filter"),
        button("Remove", "Show all values of this column", () => {
          this.end(undefined);
        }),
        button("Cancel", "Leave the filter as it is", () => {
          this.dialog.close();
        }),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const op = this.operator.value as Operator;
      this.end({ column: this.column, op, value: hasValue(op) ? this.value.value : "" });
    });
    this.dialog.setAttribute("aria-labelledby", this.title.id);
    this.dialog.append(form);
    this.dialog.addEventListener("close", closed);
    host.append(this.dialog);
  }

  open(column: string, filter: Filter | undefined): void {
    this.column = column;
    this.title.textContent = `Filter ${column}`;
    this.operator.value = filter?.op ?? "contains";
    this.value.value = filter?.value ?? "";
    this.showValue();
    this.dialog.showModal();
    this.value.focus();
  }

  private showValue(): void {
    this.value.hidden = !hasValue(this.operator.value as Operator);
  }

  private end(filter: Filter | undefined): void {
    this.dialog.close();
    this.apply(this.column, filter);
  }
}
