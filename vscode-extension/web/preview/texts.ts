// What the page says.
import type { Filter, Kept, Operator, Read } from "../../src/preview/messages";

export const operatorTexts: Readonly<Record<Operator, string>> = {
  contains: "contains",
  "=": "=",
  "<>": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  null: "is null",
  notNull: "is not null",
};

export function hasValue(op: Operator): boolean {
  return op !== "null" && op !== "notNull";
}

export function filterText(filter: Filter): string {
  const value = hasValue(filter.op) ? ` ${filter.value}` : "";
  return `${filter.column} ${operatorTexts[filter.op]}${value}`;
}

export function age(at: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

export function count(rows: number): string {
  return `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`;
}

/** How many rows are shown, and how many there are beside them. */
export function rowsText(kept: Kept, shown: number | undefined): string {
  const of =
    kept.rowCount !== undefined && kept.more ? ` of ${kept.rowCount.toLocaleString("en")}` : "";
  const all = kept.more ? `the first ${count(kept.kept)}${of}` : count(kept.kept);
  const filtered = shown !== undefined && shown !== kept.kept;
  const text = filtered ? `${shown.toLocaleString("en")} of ${all}` : all;
  return kept.more ? `${text}; there are more` : text;
}

function whence(from: string): string {
  return from === "cache" ? "the cache" : from === "fixture" ? "a fixture" : from;
}

/** How old what was read is: the oldest of it, and all of it in the hint. */
export function upstreamText(
  reads: readonly Read[],
  now: number,
): { readonly text: string; readonly hint: string } {
  const oldest = reads.reduce<Read | undefined>(
    (old, read) => (old === undefined || Date.parse(read.at) < Date.parse(old.at) ? read : old),
    undefined,
  );
  if (oldest === undefined) {
    return { text: "", hint: "" };
  }
  const line = (read: Read): string =>
    `${read.name} from ${whence(read.from)}, ${age(read.at, now)} old`;
  const others = reads.length > 1 ? ` and ${reads.length - 1} more` : "";
  return {
    text: `${oldest.name}${others}: ${age(oldest.at, now)} old`,
    hint: reads.map(line).join("\n"),
  };
}
