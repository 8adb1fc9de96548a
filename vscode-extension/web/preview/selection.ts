// Which cells are selected, and where the keys lead.
import type { Range } from "../../src/preview/messages";

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** From the cell where it began to the one that is active. */
export interface Selection {
  readonly anchor: Cell;
  readonly active: Cell;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
  /** Rows in sight. */
  readonly page: number;
}

export const start: Selection = { anchor: { row: 0, column: 0 }, active: { row: 0, column: 0 } };

export function rangeOf({ anchor, active }: Selection): Range {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

export function contains(range: Range, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

/** Inside the frame, which may have become smaller. */
export function within(selection: Selection, size: Size): Selection {
  const clamp = (cell: Cell): Cell => ({
    row: Math.max(0, Math.min(cell.row, size.rows - 1)),
    column: Math.max(0, Math.min(cell.column, size.columns - 1)),
  });
  return { anchor: clamp(selection.anchor), active: clamp(selection.active) };
}

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The selection after a key; `undefined` for a key that moves nothing. */
export function moved(selection: Selection, key: Key, size: Size): Selection | undefined {
  const far = key.ctrlKey || key.metaKey;
  if (far && key.key.toLowerCase() === "a") {
    return {
      anchor: start.anchor,
      active: { row: size.rows - 1, column: size.columns - 1 },
    };
  }
  const { row, column } = selection.active;
  const targets: Record<string, Cell | undefined> = {
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowDown: { row: far ? size.rows - 1 : row + 1, column },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    ArrowRight: { row, column: far ? size.columns - 1 : column + 1 },
    PageUp: { row: row - size.page, column },
    PageDown: { row: row + size.page, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? size.rows - 1 : row, column: size.columns - 1 },
  };
  const active = targets[key.key];
  if (active === undefined) {
    return undefined;
  }
  return within({ anchor: key.shiftKey ? selection.anchor : active, active }, size);
}
