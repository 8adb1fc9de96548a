// The lines over the grid: what is shown and how old it is, what can be done, what went wrong.
import type { Failure, Format, Kept, Place, View } from "../../src/preview/messages";
import { button, chooser, element } from "./elements";
import { age, filterText, rowsText, upstreamText } from "./texts";

export interface BarHooks {
  readonly compute: (refresh: boolean) => void;
  readonly cancel: () => void;
  readonly copy: (headers: boolean) => void;
  readonly export: (format: Format) => void;
  readonly profile: (shown: boolean) => void;
  readonly sort: () => void;
  readonly filter: () => void;
  readonly unfilter: (column: string) => void;
  readonly unsort: () => void;
  readonly open: (place: Place) => void;
}

export class Bar {
  readonly bar = element("header");
  private readonly compute: HTMLButtonElement;
  private readonly cancel: HTMLButtonElement;
  private readonly name = element("h1", {}, "Preview");
  private readonly rows = element("span", { className: "rows" });
  private readonly upstream = element("span", { className: "upstream" });
  private readonly refresh: HTMLButtonElement;
  private readonly profile: HTMLButtonElement;
  private readonly needRows: readonly (HTMLButtonElement | HTMLSelectElement)[];
  private readonly chips = element("div", { className: "chips" });
  private readonly failures = element("div", { className: "failures", role: "alert" });
  private readonly status = element("div", { className: "status", role: "status" });
  private kept: Kept | undefined;
  private shown: number | undefined;

  constructor(private readonly hooks: BarHooks) {
    this.compute = button("Compute", "Compute the rows again", () => {
      hooks.compute(false);
    });
    this.cancel = button("Cancel", "Stop computing", hooks.cancel);
    this.refresh = button("Refresh", "Read the upstream anew, then compute", () => {
      hooks.compute(true);
    });
    this.profile = button("Profile", "Nulls, distinct values, least and greatest", () => {
      const shown = this.profile.ariaPressed !== "true";
      this.profile.ariaPressed = String(shown);
      hooks.profile(shown);
    });
    this.profile.ariaPressed = "false";
    const sort = button("Sort", "Sort by the column of the active cell (S)", hooks.sort);
    const filter = button("Filter", "Filter the column of the active cell (F)", hooks.filter);
    const copy = chooser(
      "Copy",
      [
        ["cells", "Cells"],
        ["headers", "With headers"],
      ],
      (value) => {
        hooks.copy(value === "headers");
      },
    );
    const exported = chooser(
      "Export",
      [
        ["csv", "CSV"],
        ["json", "JSON"],
        ["parquet", "Parquet"],
      ],
      (value) => {
        hooks.export(value as Format);
      },
    );
    this.needRows = [sort, filter, copy, exported, this.profile];
    this.bar.append(
      element("div", { className: "line" }, this.compute, this.cancel, ...this.needRows),
      element(
        "div",
        { className: "line" },
        this.name,
        this.rows,
        this.upstream,
        this.refresh,
        this.status,
      ),
      this.failures,
      this.chips,
    );
    this.show(undefined, undefined);
    this.idle();
  }

  show(kept: Kept | undefined, shown: number | undefined): void {
    this.kept = kept;
    this.shown = shown;
    for (const control of this.needRows) {
      control.disabled = kept === undefined;
    }
    this.tick();
  }

  entitle(name: string): void {
    this.name.textContent = name;
  }

  /** Ages grow. */
  tick(): void {
    const now = Date.now();
    const { text, hint } = upstreamText(this.kept?.upstream ?? [], now);
    this.rows.textContent =
      this.kept === undefined
        ? ""
        : `${rowsText(this.kept, this.shown)}, computed ${age(this.kept.at, now)} ago`;
    this.upstream.textContent = text;
    this.upstream.title = hint;
    this.refresh.hidden = text === "";
  }

  computing(message: string): void {
    this.say(message);
    this.cancel.hidden = false;
    this.compute.disabled = true;
    this.refresh.disabled = true;
    this.status.classList.add("busy");
  }

  idle(): void {
    this.cancel.hidden = true;
    this.compute.disabled = false;
    this.refresh.disabled = false;
    this.status.classList.remove("busy");
    this.say("");
  }

  say(text: string): void {
    this.status.textContent = text;
  }

  fail(failures: readonly Failure[]): void {
    this.failures.replaceChildren(
      ...failures.map((failure) => {
        const { place } = failure;
        const parts: Node[] = [element("span", { className: "message" }, failure.message)];
        if (place !== undefined) {
          const link = button(place.label, "Open the line", () => {
            this.hooks.open(place);
          });
          link.classList.add("link");
          parts.unshift(link);
        }
        if (failure.traceback !== undefined && failure.traceback !== "") {
          const text = element("pre", { tabIndex: 0 }, failure.traceback);
          parts.push(element("details", {}, element("summary", {}, "Traceback"), text));
        }
        return element("div", {}, ...parts);
      }),
    );
  }

  view(view: View): void {
    const chips: Node[] = view.filter.map((filter) => {
      const text = filterText(filter);
      const chip = button(`${text} ✕`, "Remove this filter", () => {
        this.hooks.unfilter(filter.column);
      });
      chip.ariaLabel = `Remove the filter ${text}`;
      return chip;
    });
    if (view.orderBy.length > 0) {
      const text = view.orderBy.map((o) => `${o.column} ${o.descending ? "▼" : "▲"}`).join(", ");
      const chip = button(`${text} ✕`, "Back to the order of the model", this.hooks.unsort);
      chip.ariaLabel = `Remove the order ${text}`;
      chips.unshift(chip);
    }
    this.chips.replaceChildren(...chips);
    this.chips.hidden = chips.length === 0;
  }
}
