import type cytoscape from "cytoscape";
import type { NodeStatus } from "./api";
import type { Colors } from "./colors";
import { iconAddress, kindIcon, statusIcon, type KindColor } from "./icons";
import { fontSize, iconSpace, type Box } from "./scene";

const kinds: readonly KindColor[] = ["python", "sql", "seed", "source", "snapshot", "exposure"];
const statuses: readonly NodeStatus[] = ["passed", "failed", "skipped", "running"];

/** Cytoscape's style sheet; `box` is the size of all boxes. Some of its properties have no type yet. */
export function styles(colors: Colors, box: Box): cytoscape.StylesheetStyle[] {
  const sheet = [
    {
      selector: "node.box",
      style: {
        shape: "round-rectangle",
        "corner-radius": "5px",
        width: box.width,
        height: box.height,
        "background-color": colors.box,
        "border-width": 1,
        "border-color": colors.border,
        label: "data(label)",
        color: colors.foreground,
        "font-family": colors.font,
        "font-size": fontSize,
        "text-halign": "right",
        "text-valign": "center",
        "text-margin-x": iconSpace - box.width,
        "min-zoomed-font-size": 5,
        "overlay-opacity": 0,
      },
    },
    ...kinds.flatMap((kind) => [
      pictured(`node.box[kind="${kind}"]`, [iconAddress(kindIcon(kind, colors))]),
      ...statuses.map((status) =>
        pictured(`node.box[kind="${kind}"][status="${status}"]`, [
          iconAddress(kindIcon(kind, colors)),
          iconAddress(statusIcon(status, colors)),
        ]),
      ),
    ]),
    { selector: 'node.box[status="failed"]', style: { "border-color": colors.failed } },
    { selector: 'node.box[status="running"]', style: { "border-color": colors.running } },
    {
      selector: "node.box.current",
      style: { "border-width": 2.5, "border-color": colors.accent },
    },
    {
      selector: "node.more",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: 16,
        "background-color": colors.background,
        "border-width": 1,
        "border-color": colors.accent,
        label: "data(label)",
        color: colors.foreground,
        "font-family": colors.font,
        "font-size": 10,
        "text-valign": "center",
        "min-zoomed-font-size": 5,
        "overlay-opacity": 0,
        "z-index": 2,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.2,
        "line-color": colors.muted,
        "line-opacity": 0.55,
        "curve-style": "unbundled-bezier",
        "edge-distances": "endpoints",
        "source-endpoint": `${box.width / 2}px 0px`,
        "target-endpoint": `${-box.width / 2}px 0px`,
        "control-point-weights": "data(weights)",
        "control-point-distances": "data(distances)",
        "overlay-opacity": 0,
        events: "no",
      },
    },
    {
      selector: "edge.near, edge.lit",
      style: { width: 1.8, "line-color": colors.accent, "line-opacity": 1, "z-index": 1 },
    },
  ];
  return sheet;
}

/** The icon of the kind on the left, that of the last run on the right. */
function pictured(
  selector: string,
  images: readonly string[],
): { selector: string; style: object } {
  const both = <T>(first: T, second: T): T[] => [first, second].slice(0, images.length);
  return {
    selector,
    style: {
      "background-image": images,
      "background-width": both("16px", "16px"),
      "background-height": both("16px", "16px"),
      "background-position-x": both("9px", "100%"),
      "background-offset-x": both("0px", "-7px"),
      "background-position-y": both("50%", "50%"),
      "background-clip": "none",
    },
  };
}
