// The rows of a view as far as they are here: pages that are asked for when they come into sight.
import type { Cell } from "../../src/preview/messages";

const cellsOfPage = 20_000;
const fewestRows = 50;
const mostRows = 400;
const mostPages = 40;
const asked = 2;

export interface Ask {
  readonly id: number;
  readonly offset: number;
  readonly limit: number;
}

/** Asks for at most two pages at a time: who scrolls past thousands of rows wants the last ones. */
export class Pages {
  readonly size: number;
  private readonly pages = new Map<number, readonly (readonly Cell[])[]>();
  private readonly open = new Map<number, number>();
  private sight: readonly [number, number] = [0, 0];

  /** @param ask sends a request; the ids come from one row for all that is ever asked */
  constructor(
    columns: number,
    private readonly nextId: () => number,
    private readonly ask: (ask: Ask) => void,
  ) {
    const rows = Math.floor(cellsOfPage / Math.max(1, columns));
    this.size = Math.max(fewestRows, Math.min(mostRows, rows));
  }

  /** `undefined` while it is not here. */
  cell(row: number, column: number): Cell | undefined {
    return this.pages.get(Math.floor(row / this.size))?.[row % this.size]?.[column];
  }

  /** Asks for what is missing of these rows, the end left out. */
  want(from: number, to: number): void {
    this.sight = [Math.floor(from / this.size), Math.floor(Math.max(from, to - 1) / this.size)];
    this.askMore();
  }

  /** True when the answer was wanted. */
  take(id: number, rows: readonly (readonly Cell[])[]): boolean {
    const page = this.open.get(id);
    if (page === undefined) {
      return false;
    }
    this.open.delete(id);
    this.pages.set(page, rows);
    for (const old of this.pages.keys()) {
      if (this.pages.size <= mostPages) {
        break;
      }
      if (old < this.sight[0] || old > this.sight[1]) {
        this.pages.delete(old);
      }
    }
    this.askMore();
    return true;
  }

  /** True when it was ours that was refused. */
  refused(id: number): boolean {
    return this.open.delete(id);
  }

  private askMore(): void {
    const onTheWay = new Set(this.open.values());
    for (let page = this.sight[0]; page <= this.sight[1]; page++) {
      if (this.open.size >= asked) {
        return;
      }
      if (!this.pages.has(page) && !onTheWay.has(page)) {
        const id = this.nextId();
        this.open.set(id, page);
        this.ask({ id, offset: page * this.size, limit: this.size });
      }
    }
  }
}
