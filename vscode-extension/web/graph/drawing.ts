import cytoscape from "cytoscape";
import type { GraphNode, NodeStatus } from "./api";
import type { Colors } from "./colors";
import { controlPoints } from "./controls";
import { kindColor } from "./icons";
import type { Network } from "./network";
import type { LayoutResult } from "./layout/layered";
import { styles } from "./style";
import { bounds, type Names, type Scene } from "./scene";

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Middle {
  readonly around: Place | "top" | undefined;
}

/** What a user does with the drawing. */
export interface DrawingEvents {
  readonly picked: (id: string) => void;
  readonly menu: (id: string, x: number, y: number) => void;
  readonly opened: (id: string, side: "up" | "down") => void;
  readonly hovered: (id: string | undefined, x: number, y: number) => void;
  readonly moved: () => void;
}

/** Further away nothing can be told apart: the small map is for that. */
const [farthest, nearest] = [0.05, 2.5];
/** So many elements are added at a time: the page has to answer in between. */
const atOnce = 250;

/** Boxes and lines on a canvas. Cytoscape draws them, and tells where the mouse is. */
export class Drawing {
  private readonly cy: cytoscape.Core;
  private scene: Scene | undefined;
  /** Counts the scenes: what is still added to an older one is left. */
  private scenes = 0;
  private ringed: string | undefined;
  /** What was fitted in, while the user has not moved away from it. */
  private fitted: Middle | undefined;
  private size = { width: 0, height: 0 };

  constructor(
    readonly element: HTMLElement,
    private readonly names: () => Names,
    events: DrawingEvents,
  ) {
    this.cy = cytoscape({
      container: element,
      autoungrabify: true,
      boxSelectionEnabled: false,
      autounselectify: true,
      minZoom: farthest,
      maxZoom: nearest,
      layout: { name: "preset" },
    });
    this.listen(events);
  }

  private listen(events: DrawingEvents): void {
    const { cy } = this;
    const place = (event: cytoscape.EventObject): [number, number] => {
      const { x, y } = event.renderedPosition;
      return [x, y];
    };
    const idOf = (event: cytoscape.EventObject): string =>
      (event.target as cytoscape.NodeSingular).id();
    cy.on("tap", "node.box", (event) => {
      events.picked(idOf(event));
    });
    cy.on("tap", "node.more", (event) => {
      const target = event.target as cytoscape.NodeSingular;
      events.opened(String(target.data("of")), target.data("side") as "up" | "down");
    });
    cy.on("cxttap", "node.box", (event) => {
      events.menu(idOf(event), ...place(event));
    });
    cy.on("mouseover", "node.box", (event) => {
      this.light(idOf(event));
      events.hovered(idOf(event), ...place(event));
    });
    cy.on("mouseout", "node.box", (event) => {
      this.light(undefined);
      events.hovered(undefined, ...place(event));
    });
    cy.on("mouseover mouseout", "node", (event) => {
      this.element.style.cursor = event.type === "mouseover" ? "pointer" : "";
    });
    cy.on("dragpan scrollzoom pinchzoom", () => {
      this.fitted = undefined;
    });
    cy.on("viewport resize", events.moved);
  }

  /** Draws another scene, step by step. */
  async show(scene: Scene, network: Network, shown: ReadonlySet<string>): Promise<void> {
    this.scene = scene;
    const own = ++this.scenes;
    const { cy } = this;
    const names = this.names();
    const elements: cytoscape.ElementDefinition[] = [];
    scene.data.nodes.forEach((node, i) => {
      const position = { x: scene.layout.x[i] ?? 0, y: scene.layout.y[i] ?? 0 };
      elements.push({
        group: "nodes",
        data: { id: node.id, ...boxData(node, names.fitting(node.name, scene.box)) },
        position,
        classes: "box",
      });
      elements.push(...handles(node, position, scene, network.hidden(node.id, shown)));
    });
    scene.data.edges.forEach(([from, to], i) => {
      elements.push({
        group: "edges",
        data: {
          id: `${from}>${to}`,
          source: scene.data.nodes[from]?.id ?? "",
          target: scene.data.nodes[to]?.id ?? "",
          ...controlPoints(scene.layout.routes[i] ?? new Float64Array()),
        },
      });
    });
    const old = cy.elements();
    for (let from = 0; from < old.length && own === this.scenes; from += 4 * atOnce) {
      cy.remove(old.slice(from, from + 4 * atOnce));
      await breath(from + 4 * atOnce < old.length);
    }
    for (let from = 0; from < elements.length && own === this.scenes; from += atOnce) {
      cy.add(elements.slice(from, from + atOnce));
      this.current(this.ringed);
      await breath(from + atOnce < elements.length);
    }
  }

  /** @param box the size of the boxes; that of the scene when absent */
  paint(colors: Colors, box = this.scene?.box): void {
    if (box !== undefined) {
      this.cy.style(styles(colors, box));
    }
  }

  /** The status of some nodes is another one. */
  mark(statuses: ReadonlyMap<string, NodeStatus>): void {
    this.cy.batch(() => {
      for (const [id, status] of statuses) {
        this.cy.getElementById(id).data("status", status);
      }
    });
  }

  /** Rings a node. */
  current(id: string | undefined): void {
    this.ringed = id;
    this.cy.nodes(".current").removeClass("current");
    this.cy.edges(".near").removeClass("near");
    if (id === undefined) {
      return;
    }
    const node = this.cy.getElementById(id);
    node.addClass("current");
    node.connectedEdges().addClass("near");
  }

  /** Moves a node into sight. */
  reveal(id: string): void {
    const box = this.cy.getElementById(id);
    if (box.empty()) {
      return;
    }
    const { x1, y1, x2, y2 } = box.renderedBoundingBox();
    const margin = 16;
    const [width, height] = [this.cy.width(), this.cy.height()];
    const out = (from: number, to: number, size: number): number =>
      from < margin ? margin - from : to > size - margin ? size - margin - to : 0;
    const [x, y] = [out(x1, x2, width), out(y1, y2, height)];
    if (x !== 0 || y !== 0) {
      this.fitted = undefined;
      this.cy.panBy({ x, y });
    }
  }

  /** Shows all of it; or as much as can be read around a node, or, for none, where it begins. */
  fit(around?: Place | "top"): void {
    const { cy, scene } = this;
    this.fitted = { around };
    if (scene === undefined || scene.data.nodes.length === 0) {
      return;
    }
    const [left, top, right, bottom] = bounds(scene);
    const padding = 24;
    const [width, height] = [cy.width() - 2 * padding, cy.height() - 2 * padding];
    const whole = Math.min(1, width / (right - left), height / (bottom - top));
    // Names that cannot be read are no use: rather the middle, and the rest by moving.
    const zoom = Math.max(around === undefined ? whole : Math.max(whole, readable), farthest);
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    const near =
      around === "top"
        ? {
            x: left + width / 2 / zoom,
            y: Math.max(top + height / 2 / zoom, highest(scene.layout, left + scene.box.width)),
          }
        : around;
    const at = {
      x: (right - left) * zoom <= width ? middle.x : (near?.x ?? middle.x),
      y: (bottom - top) * zoom <= height ? middle.y : (near?.y ?? middle.y),
    };
    cy.viewport({
      zoom,
      pan: { x: cy.width() / 2 - at.x * zoom, y: cy.height() / 2 - at.y * zoom },
    });
  }

  zoomBy(factor: number): void {
    this.fitted = undefined;
    const { cy } = this;
    const level = Math.min(nearest, Math.max(farthest, cy.zoom() * factor));
    cy.zoom({ level, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  moveTo(x: number, y: number): void {
    this.fitted = undefined;
    const { cy } = this;
    const zoom = cy.zoom();
    cy.pan({ x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom });
  }

  /** Keeps a place of the scene at one of the screen. */
  hold(place: Place, at: Place): void {
    this.fitted = undefined;
    const zoom = this.cy.zoom();
    this.cy.pan({ x: at.x - place.x * zoom, y: at.y - place.y * zoom });
  }

  onScreen(id: string): Place | undefined {
    const node = this.cy.getElementById(id);
    return node.empty() ? undefined : { ...node.renderedPosition() };
  }

  /** What is in sight, in the coordinates of the scene. */
  get sight(): {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  } {
    const { x1, y1, x2, y2 } = this.cy.extent();
    return { x1, y1, x2, y2 };
  }

  /** In another size, what was fitted in is again; else the middle stays in the middle. */
  resize(): void {
    const { cy, size } = this;
    cy.resize();
    this.size = { width: cy.width(), height: cy.height() };
    if (this.fitted !== undefined) {
      this.fit(this.fitted.around);
    } else {
      cy.panBy({
        x: (this.size.width - size.width) / 2,
        y: (this.size.height - size.height) / 2,
      });
    }
  }

  dispose(): void {
    this.cy.destroy();
  }

  private light(id: string | undefined): void {
    this.cy.edges(".lit").removeClass("lit");
    if (id !== undefined) {
      this.cy.getElementById(id).connectedEdges().addClass("lit");
    }
  }
}

/** How far up the first boxes lie; the corner above them may be empty. */
function highest({ x, y }: LayoutResult, before: number): number {
  return x.reduce((so, at, index) => (at < before ? Math.min(so, y[index] ?? so) : so), Infinity);
}

/** Lets the page draw and answer, when there is more to do. */
function breath(more: boolean): Promise<void> {
  return more
    ? new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      })
    : Promise.resolve();
}

/** Below this names are too small. */
const readable = 0.7;

function boxData(node: GraphNode, label: string): Record<string, string> {
  const status = node.status === undefined ? {} : { status: node.status };
  return { label, kind: kindColor(node), ...status };
}

/** Small signs at the corners of a box: how many more there are. */
function handles(
  node: GraphNode,
  { x, y }: { readonly x: number; readonly y: number },
  { box }: Scene,
  hidden: { readonly up: number; readonly down: number },
): cytoscape.ElementDefinition[] {
  return (["up", "down"] as const).flatMap((side) => {
    const count = hidden[side];
    const right = side === "down";
    return count === 0
      ? []
      : [
          {
            group: "nodes" as const,
            data: {
              id: `${side} ${node.id}`,
              of: node.id,
              side,
              label: `+${count}`,
              width: 10 + 6 * String(count).length,
            },
            position: { x: x + ((right ? 1 : -1) * box.width) / 2, y: y - box.height / 2 },
            classes: "more",
          },
        ];
  });
}
