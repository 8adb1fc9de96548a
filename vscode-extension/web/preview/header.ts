// What stands in a column's header: its name with its place in the order, and its type.
import type { Column, View } from "../../src/preview/messages";

export function isNumber(type: string): boolean {
  return /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);
}

/** Cells are used again for other columns as the grid scrolls: only what differs is written. */
export function decorateHeader(
  th: HTMLTableCellElement,
  column: Column,
  level: number,
  view: View,
): void {
  th.setAttribute("role", "columnheader");
  th.classList.toggle("number", isNumber(column.type));
  th.classList.toggle("type", level === 1);
  if (level === 1) {
    th.title = column.type;
    return;
  }
  const at = view.orderBy.findIndex((order) => order.column === column.name);
  const order = view.orderBy[at];
  const isFiltered = view.filter.some((filter) => filter.column === column.name);
  th.ariaSort = order === undefined ? "none" : order.descending ? "descending" : "ascending";
  const place = view.orderBy.length > 1 ? String(at + 1) : "";
  const mark = order === undefined ? "" : `${order.descending ? "▼" : "▲"}${place}`;
  const { sort, filter } = parts(th);
  // The grid keeps the first and the last child of a header, and looks whether they are there.
  th.firstElementChild?.classList.add("name");
  th.title = `${column.name} (${column.type})`;
  sort.textContent = mark;
  filter.classList.toggle("on", isFiltered);
  filter.ariaLabel = `Filter ${column.name}`;
}

/** The header of the row numbers is for those who hear it. */
export function nameCorner(th: HTMLTableCellElement): void {
  const name = th.firstElementChild;
  if (name !== null && name.textContent === "") {
    name.className = "unseen";
    name.textContent = "Row number";
  }
}

function parts(th: HTMLTableCellElement): { sort: Element; filter: HTMLElement } {
  const there = th.querySelector<HTMLElement>("button.filter");
  const before = th.querySelector(".sort");
  if (there !== null && before !== null) {
    return { sort: before, filter: there };
  }
  const sort = document.createElement("span");
  sort.className = "sort";
  sort.ariaHidden = "true";
  const filter = document.createElement("button");
  filter.type = "button";
  filter.tabIndex = -1;
  filter.className = "filter";
  filter.title = "Filter (F)";
  th.lastElementChild?.before(sort, filter);
  return { sort, filter };
}
