// The order and the filters of a view, changed one at a time.
import type { Column, Filter, View } from "../../src/preview/messages";

export const everything: View = { orderBy: [], filter: [] };

/** Ascending, then descending, then as it was; `add` keeps the other columns of the order. */
export function sorted(view: View, column: string, add: boolean): View {
  const before = view.orderBy.find((order) => order.column === column);
  const others = add ? view.orderBy.filter((order) => order.column !== column) : [];
  if (before?.descending === true) {
    return { ...view, orderBy: others };
  }
  const order = { column, descending: before !== undefined };
  const at = add ? view.orderBy.findIndex((one) => one.column === column) : -1;
  return { ...view, orderBy: at < 0 ? [...others, order] : view.orderBy.with(at, order) };
}

/** A column has one filter at most. */
export function filtered(view: View, column: string, filter: Filter | undefined): View {
  const others = view.filter.filter((one) => one.column !== column);
  return { ...view, filter: filter === undefined ? others : [...others, filter] };
}

/** What still fits a frame whose columns may be other ones. */
export function fitting(view: View, columns: readonly Column[]): View {
  const names = new Set(columns.map((column) => column.name));
  return {
    orderBy: view.orderBy.filter((order) => names.has(order.column)),
    filter: view.filter.filter((filter) => names.has(filter.column)),
  };
}
