import type { GraphNode, NodeStatus } from "./api";
import type { ColorName, Colors } from "./colors";

/** Of 16 x 16, drawn with a line of 1.4 in the colour of the kind. */
const kinds: Readonly<Record<KindColor, string>> = {
  python:
    '<path d="M5 6V4.2C5 3 6 2.2 8 2.2s3 .8 3 2V7c0 .6-.4 1-1 1H6c-.6 0-1 .4-1 1v2.8c0 1.2 1 2 3 2s3-.8 3-2V10"/>' +
    '<path d="M5 6H4C2.8 6 2.2 7 2.2 8.2S2.8 10.600 4 10.600h1M11 5.400h1c1.200 0 1.800 1 1.800 2.300S13.200 10 12 10h-1"/>',
  sql: '<path d="M2.500 3h11v10h-11zM2.500 6.300h11M2.500 9.600h11M6.200 6.300V13"/>',
  seed: '<path d="M8 14V8M8 8.500C8 5 5.500 3.500 2.800 3.500 2.800 7 5 8.500 8 8.500ZM8 10c0-2.500 2-4 5.200-4C13.200 9 11 10 8 10Z"/>',
  source:
    '<path d="M2.800 4c0-1 2.300-1.800 5.200-1.800S13.200 3 13.200 4 10.900 5.800 8 5.800 2.800 5 2.800 4Zm0 0v8c0 1 2.300 1.800 5.200 1.800s5.200-.8 5.200-1.800V4M2.800 8c0 1 2.300 1.800 5.200 1.800S13.200 9 13.200 8"/>',
  snapshot:
    '<path d="M2.200 5h2.600l1-1.800h4.400l1 1.800h2.600v8H2.200zM8 11.200a2.400 2.400 0 1 0 0-4.800 2.400 2.400 0 0 0 0 4.800Z"/>',
  exposure: '<path d="M2.500 13.500v-11M2.500 13.500h11M5.500 11V8M8.500 11V5M11.500 11V6.500"/>',
};

/** A colour is never the only sign. */
const statuses: Readonly<Record<NodeStatus, string>> = {
  passed: '<circle cx="8" cy="8" r="6"/><path d="m5.200 8.200 2 2 3.600-4.200"/>',
  failed:
    '<circle cx="8" cy="8" r="6"/><path d="m5.800 5.800 4.400 4.400M10.200 5.800l-4.400 4.400"/>',
  skipped: '<circle cx="8" cy="8" r="6"/><path d="M5.200 8h5.600"/>',
  running:
    '<circle cx="8" cy="8" r="6" stroke-dasharray="2.500 2.200"/><path d="M7 5.800 10 8l-3 2.200z"/>',
};

export type KindColor = Extract<
  ColorName,
  "python" | "sql" | "seed" | "source" | "snapshot" | "exposure"
>;

export function kindColor(node: GraphNode): KindColor {
  return node.kind === "model" ? (node.language ?? "sql") : node.kind;
}

export function kindIcon(kind: KindColor, colors: Colors): string {
  return icon(kinds[kind], colors[kind]);
}

export function statusIcon(status: NodeStatus, colors: Colors): string {
  return icon(statuses[status], colors[status]);
}

/** To be put into a drawing; 16 x 16. */
function icon(shape: string, color: string): string {
  return (
    `<g fill="none" stroke="${color}" stroke-width="1.4" stroke-linecap="round" ` +
    `stroke-linejoin="round">${shape}</g>`
  );
}

/** The same as a picture of its own. */
export function iconAddress(drawn: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 16 16">${drawn}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
