import type { GraphNode, NodeKind, NodeStatus } from "./api";

const kinds: Readonly<Record<NodeKind, string>> = {
  model: "model",
  seed: "seed",
  source: "source",
  snapshot: "snapshot",
  exposure: "exposure",
};

const statuses: Readonly<Record<NodeStatus, string>> = {
  passed: "last run succeeded",
  failed: "last run failed",
  skipped: "skipped in the last run",
  running: "running",
};

/** `Python model, incremental`, `source`. */
export function kindText(node: GraphNode): string {
  const language = node.language === "python" ? "Python " : node.language === "sql" ? "SQL " : "";
  const how = node.materialization === undefined ? "" : `, ${node.materialization}`;
  return `${language}${kinds[node.kind]}${how}`;
}

/** `last run succeeded 2026-05-05 14:02, 1,234 rows`; empty for a node that was not run. */
export function runText(node: GraphNode): string {
  if (node.status === undefined) {
    return "";
  }
  const at = node.at === undefined ? "" : ` ${timeText(new Date(node.at))}`;
  const rows = node.rows === undefined ? "" : `, ${rowsText(node.rows)}`;
  return node.status === "running" ? statuses.running : `${statuses[node.status]}${at}${rows}`;
}

/** What a screen reader says of a node. */
export function spokenText(node: GraphNode, reads: number, readers: number): string {
  const run = runText(node);
  return [
    node.name,
    kindText(node),
    ...(run === "" ? [] : [run]),
    `reads ${reads}`,
    `read by ${readers}`,
  ].join(", ");
}

/** `Showing 12 of 5,000 nodes`. */
export function countText(shown: number, all: number): string {
  const nodes = all === 1 ? "node" : "nodes";
  return shown === all ? `${number(all)} ${nodes}` : `${number(shown)} of ${number(all)} ${nodes}`;
}

function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${number(rows)} rows`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function timeText(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
