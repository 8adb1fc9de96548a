// The grid: rows and columns in sight as cells of a table, the selection, and the keys.
import "regular-table";
import type { RegularTableElement } from "regular-table";
import type { Kept, Range, View } from "../../src/preview/messages";
import { decorateHeader, isNumber, nameCorner } from "./header";
import type { Pages } from "./pages";
import { contains, moved, rangeOf, start, within, type Selection } from "./selection";

type DataListener = Parameters<RegularTableElement["setDataListener"]>[0];
type DataResponse = Awaited<ReturnType<DataListener>>;

const headerRows = 2;
const mostScrolls = 60;

export interface GridHooks {
  readonly sort: (column: string, add: boolean) => void;
  readonly filter: (column: string) => void;
  readonly copy: (headers: boolean) => void;
}

export interface Frame {
  readonly kept: Kept;
  readonly view: View;
  readonly pages: Pages;
  /** Rows of the view. */
  readonly total: number;
}

export class Grid {
  private readonly table: RegularTableElement;
  private frame: Frame | undefined;
  private selection: Selection = start;
  private sight: readonly [number, number] = [0, 0];
  private dragging = false;

  constructor(
    host: HTMLElement,
    private readonly hooks: GridHooks,
  ) {
    this.table = document.createElement("regular-table");
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-multiselectable", "true");
    this.table.setAttribute("aria-label", "Rows");
    host.append(this.table);
    this.table.addStyleListener(() => {
      this.style();
    });
    this.listen();
  }

  /** Shows a frame or a view from its first row; `same` keeps the place and the widths. */
  async show(frame: Frame, same: boolean): Promise<void> {
    this.frame = frame;
    this.selection = within(this.selection, this.size());
    this.table.setAttribute("aria-rowcount", String(frame.total + headerRows));
    this.table.setAttribute("aria-colcount", String(frame.kept.columns.length + 1));
    if (!same) {
      this.table.resetAutoSize();
      this.table.scrollLeft = 0;
    }
    this.table.scrollTop = 0;
    this.table.setDataListener((x0, y0, x1, y1) => Promise.resolve(this.data(x0, y0, x1, y1)));
    await this.table.draw({ invalid_viewport: true });
  }

  /** Rows have come, or marks have changed. */
  async redraw(): Promise<void> {
    if (this.frame !== undefined) {
      await this.table.draw({ invalid_viewport: true, cache: true });
    }
  }

  get range(): Range {
    return rangeOf(this.selection);
  }

  get activeColumn(): string | undefined {
    return this.frame?.kept.columns[this.selection.active.column]?.name;
  }

  focus(): void {
    this.table.focus();
  }

  /** Selects a column's cell in the active row, and brings it into sight. */
  async reveal(column: string): Promise<void> {
    const at = this.frame?.kept.columns.findIndex((one) => one.name === column) ?? -1;
    if (at >= 0) {
      const cell = { row: this.selection.active.row, column: at };
      await this.select({ anchor: cell, active: cell });
    }
  }

  private size(): { rows: number; columns: number; page: number } {
    return {
      rows: this.frame?.total ?? 0,
      columns: this.frame?.kept.columns.length ?? 0,
      page: Math.max(1, this.sight[1] - this.sight[0] - 2),
    };
  }

  private data(x0: number, y0: number, x1: number, y1: number): DataResponse {
    const { kept, pages, total } = this.frame ?? { kept: undefined, pages: undefined, total: 0 };
    const columns = kept?.columns ?? [];
    const to = Math.min(y1, total);
    const wanted = columns.slice(x0, x1);
    if (to > y0) {
      this.sight = [y0, to];
      pages?.want(y0, to);
    }
    const rows = Array.from({ length: Math.max(0, to - y0) }, (_, i) => y0 + i);
    return {
      num_rows: total,
      num_columns: columns.length,
      num_row_headers: 1,
      num_column_headers: headerRows,
      column_header_merge_depth: 0,
      merge_headers: "row",
      column_headers: wanted.map((column) => [column.name, column.type]),
      row_headers: rows.map((row) => [String(row + 1)]),
      data: wanted.map((_, i) =>
        rows.map((row) => {
          const value = pages?.cell(row, x0 + i);
          return value === null ? "NULL" : (value?.replaceAll(/\r\n|[\r\n]/g, "⏎") ?? "");
        }),
      ),
    };
  }

  private style(): void {
    const frame = this.frame;
    if (frame === undefined) {
      return;
    }
    const { kept, view, pages } = frame;
    const range = this.range;
    const { active } = this.selection;
    this.table.firstElementChild?.setAttribute("role", "presentation");
    for (const part of this.table.querySelectorAll("thead, tbody")) {
      part.setAttribute("role", "rowgroup");
    }
    for (const [i, row] of [...this.table.querySelectorAll("tr")].entries()) {
      row.setAttribute("role", "row");
      const first = row.lastElementChild;
      const meta = first instanceof HTMLElement ? this.table.getMeta(first) : undefined;
      const y = meta?.type === "body" ? meta.y + headerRows : i;
      row.setAttribute("aria-rowindex", String(y + 1));
    }
    for (const th of this.table.querySelectorAll<HTMLTableCellElement>("th")) {
      const meta = this.table.getMeta(th);
      const column = meta?.type === "column_header" ? kept.columns[meta.x] : undefined;
      if (meta?.type === "column_header" && column !== undefined) {
        th.setAttribute("aria-colindex", String(meta.x + 2));
        decorateHeader(th, column, meta.column_header_y, view);
      } else {
        th.setAttribute("role", meta?.type === "row_header" ? "rowheader" : "columnheader");
        th.setAttribute("aria-colindex", "1");
        th.classList.toggle("number", meta?.type === "row_header");
        if (meta?.type !== "row_header") {
          nameCorner(th);
        }
      }
    }
    let found = false;
    for (const td of this.table.querySelectorAll("td")) {
      const meta = this.table.getMeta(td);
      if (meta?.type !== "body") {
        continue;
      }
      const value = pages.cell(meta.y, meta.x);
      const isActive = meta.y === active.row && meta.x === active.column;
      const selected = contains(range, meta.y, meta.x);
      const type = kept.columns[meta.x]?.type ?? "";
      td.setAttribute("role", "gridcell");
      td.setAttribute("aria-colindex", String(meta.x + 2));
      td.setAttribute("aria-selected", String(selected));
      td.classList.toggle("null", value === null);
      td.classList.toggle("pending", value === undefined);
      td.classList.toggle("number", isNumber(type));
      td.classList.toggle("selected", selected);
      td.classList.toggle("active", isActive);
      td.id = isActive ? "active-cell" : "";
      found ||= isActive;
    }
    if (found) {
      this.table.setAttribute("aria-activedescendant", "active-cell");
    } else {
      this.table.removeAttribute("aria-activedescendant");
    }
  }

  private listen(): void {
    this.table.addEventListener("mousedown", (event) => {
      this.pressed(event);
    });
    this.table.addEventListener("mousemove", (event) => {
      if (this.dragging && (event.buttons & 1) === 1) {
        const at = this.cellAt(event);
        if (at !== undefined) {
          void this.select({ anchor: this.selection.anchor, active: at }, false);
        }
      }
    });
    window.addEventListener("mouseup", () => {
      this.dragging = false;
    });
    this.table.addEventListener("click", (event) => {
      this.clicked(event);
    });
    this.table.addEventListener("keydown", (event) => {
      if (this.typed(event)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    this.table.addEventListener("copy", (event) => {
      event.preventDefault();
      this.hooks.copy(false);
    });
    new ResizeObserver(() => void this.redraw()).observe(this.table);
  }

  private pressed(event: MouseEvent): void {
    const at = this.cellAt(event);
    const header = (event.target as Element).closest<HTMLTableCellElement>("tbody th");
    if (event.button !== 0) {
      return;
    }
    if (at !== undefined) {
      this.dragging = true;
      const anchor = event.shiftKey ? this.selection.anchor : at;
      void this.select({ anchor, active: at }, false);
    } else if (header !== null) {
      const meta = this.table.getMeta(header);
      if (meta?.type === "row_header") {
        const top = event.shiftKey ? this.selection.anchor.row : meta.y;
        const last = this.size().columns - 1;
        void this.select(
          { anchor: { row: top, column: 0 }, active: { row: meta.y, column: last } },
          false,
        );
      }
    }
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const th = target.closest<HTMLTableCellElement>("thead th");
    const meta = th === null ? undefined : this.table.getMeta(th);
    const column =
      meta?.type === "column_header" ? this.frame?.kept.columns[meta.x]?.name : undefined;
    if (column === undefined || target.classList.contains("rt-column-resize")) {
      return;
    }
    if (target.closest("button.filter") !== null) {
      this.hooks.filter(column);
    } else {
      this.hooks.sort(column, event.shiftKey);
    }
  }

  private typed(event: KeyboardEvent): boolean {
    const far = event.ctrlKey || event.metaKey;
    const column = this.activeColumn;
    const key = event.key.toLowerCase();
    if (far && key === "c") {
      this.hooks.copy(event.shiftKey);
      return true;
    }
    if (!far && !event.altKey && column !== undefined && (key === "s" || key === "f")) {
      if (key === "s") {
        this.hooks.sort(column, event.shiftKey);
      } else {
        this.hooks.filter(column);
      }
      return true;
    }
    const next = event.altKey ? undefined : moved(this.selection, event, this.size());
    if (next !== undefined) {
      void this.select(next, key !== "a");
    }
    return next !== undefined;
  }

  private cellAt(event: MouseEvent): { row: number; column: number } | undefined {
    const td = (event.target as Element).closest<HTMLTableCellElement>("td");
    const meta = td === null ? undefined : this.table.getMeta(td);
    return meta?.type === "body" ? { row: meta.y, column: meta.x } : undefined;
  }

  private async select(selection: Selection, reveal = true): Promise<void> {
    this.selection = within(selection, this.size());
    if (reveal) {
      await this.intoSight();
    }
    await this.redraw();
  }

  /** Scrolls by whole rows and columns until the active cell is in sight. */
  private async intoSight(): Promise<void> {
    const { row, column } = this.selection.active;
    for (let tries = 0; tries < mostScrolls; tries++) {
      const [top, left, right, rows] = this.corner();
      const y = row < top ? row : row > top + rows - 1 ? row - rows + 1 : top;
      const x = column < left ? column : column > right ? left + Math.max(1, column - right) : left;
      if (x === left && y === top) {
        return;
      }
      await this.table.scrollToCell(x, y);
      const now = this.corner();
      if (now[0] === top && now[1] === left) {
        return; // as far as it goes
      }
    }
  }

  /** First row, first and last column and number of rows that are wholly in sight. */
  private corner(): [number, number, number, number] {
    const box = this.table.getBoundingClientRect();
    const headers = this.table.querySelector("thead")?.getBoundingClientRect();
    const rowHeaders = this.table.querySelector("tbody th")?.getBoundingClientRect();
    const edge = rowHeaders?.right ?? box.left;
    const cells = [...this.table.querySelectorAll("td")].flatMap((td) => {
      const meta = this.table.getMeta(td);
      return meta?.type === "body" ? [{ meta, rect: td.getBoundingClientRect() }] : [];
    });
    const [bottom, right] = [box.top + this.table.clientHeight, box.left + this.table.clientWidth];
    const ys = cells
      .filter((c) => c.rect.top >= (headers?.bottom ?? box.top) - 1 && c.rect.bottom <= bottom + 1)
      .map((c) => c.meta.y);
    const xs = cells
      .filter((c) => c.rect.left >= edge - 1 && c.rect.right <= right + 1)
      .map((c) => c.meta.x);
    const first = cells[0]?.meta;
    const top = Math.min(...ys, Infinity);
    const left = Math.min(...xs, Infinity);
    return [
      Number.isFinite(top) ? top : (first?.y ?? 0),
      Number.isFinite(left) ? left : (first?.x ?? 0),
      Number.isFinite(left) ? Math.max(...xs) : (first?.x ?? 0),
      Math.max(1, new Set(ys).size),
    ];
  }
}
