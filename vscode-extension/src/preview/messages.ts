// What the preview's page and the extension say to each other.

export interface Column {
  readonly name: string;
  /** DuckDB's. */
  readonly type: string;
}

/** Rows that were brought for a model; `from` is "cache", or the output that was asked then. */
export interface Read {
  readonly name: string;
  readonly from: string;
  readonly at: string;
}

/** A frame that the server keeps: what `dvt.preview` answers with. */
export interface Kept {
  readonly preview: string;
  readonly model: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly kept: number;
  /** Rows that there are; absent where they were not counted. */
  readonly rowCount?: number;
  readonly more: boolean;
  readonly at: string;
  readonly upstream: readonly Read[];
}

export const operators = ["contains", "=", "<>", "<", "<=", ">", ">=", "null", "notNull"] as const;
export type Operator = (typeof operators)[number];

export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

export interface Filter {
  readonly column: string;
  readonly op: Operator;
  readonly value: string;
}

/** Which rows are looked at, and in which order. */
export interface View {
  readonly orderBy: readonly Order[];
  readonly filter: readonly Filter[];
}

export type Cell = string | null;

export interface Profile extends Column {
  readonly nulls: number;
  readonly distinct: number;
  readonly min?: string;
  readonly max?: string;
}

export type Format = "csv" | "json" | "parquet";

/** Why there are no new rows. */
export interface Failure {
  readonly message: string;
  readonly traceback?: string;
  readonly place?: Place;
}

/** In a file; line and column from 1, 0 when not known. */
export interface Place {
  readonly uri: string;
  readonly label: string;
  readonly line: number;
  readonly column: number;
}

/** Rows and columns that are selected, ends included. */
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What the page remembers over a reload of the window. */
export interface PageState {
  readonly uri: string;
  readonly select?: string;
  readonly fixture?: true;
  readonly name: string;
  readonly view: View;
}

/** The id of what no page of rows or profile waits for. */
export const noAsk = 0;

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "compute"; readonly refresh: boolean }
  | { readonly type: "cancel" }
  | {
      readonly type: "rows";
      readonly id: number;
      readonly preview: string;
      readonly view: View;
      readonly offset: number;
      readonly limit: number;
    }
  | {
      readonly type: "profile";
      readonly id: number;
      readonly preview: string;
      readonly view: View;
    }
  | {
      readonly type: "copy";
      readonly preview: string;
      readonly view: View;
      readonly range: Range;
      readonly columns: readonly string[];
      readonly headers: boolean;
    }
  | {
      readonly type: "export";
      readonly preview: string;
      readonly view: View;
      readonly format: Format;
    }
  | { readonly type: "open"; readonly place: Place };

export type ToPage =
  | {
      readonly type: "about";
      readonly uri: string;
      readonly select?: string;
      readonly fixture?: true;
      readonly name: string;
    }
  | { readonly type: "computing"; readonly message: string }
  | { readonly type: "computed"; readonly kept: Kept }
  | { readonly type: "stopped" }
  | { readonly type: "failed"; readonly failures: readonly Failure[] }
  | {
      readonly type: "rows";
      readonly id: number;
      readonly rows: readonly (readonly Cell[])[];
      readonly total: number;
    }
  | { readonly type: "profile"; readonly id: number; readonly columns: readonly Profile[] }
  | { readonly type: "refused"; readonly id: number; readonly message: string }
  | { readonly type: "told"; readonly text: string };
