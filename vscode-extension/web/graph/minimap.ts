import type { Colors } from "./colors";
import type { Drawing } from "./drawing";
import { kindColor } from "./icons";
import { make } from "./dom";
import { bounds, type Scene } from "./scene";

const [width, height] = [168, 108];

/** All boxes in small, and which of them are in sight. A click or drag moves there. */
export class Minimap {
  readonly element: HTMLElement;
  private readonly boxes: HTMLCanvasElement;
  private readonly frame: HTMLElement;
  private scale = 1;
  private whole: ReturnType<typeof bounds> = [0, 0, 0, 0];
  private origin: readonly [number, number] = [0, 0];

  constructor(private readonly drawing: () => Drawing) {
    this.boxes = make("canvas", { width: String(2 * width), height: String(2 * height) });
    this.frame = make("div", { class: "graph-sight" });
    this.element = make(
      "div",
      { class: "graph-map", "aria-hidden": "true" },
      this.boxes,
      this.frame,
    );
    const move = (event: PointerEvent): void => {
      if (event.buttons === 1) {
        const { left, top } = this.boxes.getBoundingClientRect();
        this.drawing().moveTo(
          this.origin[0] + (event.clientX - left) / this.scale,
          this.origin[1] + (event.clientY - top) / this.scale,
        );
      }
    };
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      move(event);
    });
    this.element.addEventListener("pointermove", move);
  }

  draw(scene: Scene, colors: Colors): void {
    this.whole = bounds(scene);
    const [left, top, right, bottom] = this.whole;
    const scale = Math.min(width / (right - left || 1), height / (bottom - top || 1)) * 0.94;
    this.scale = scale;
    this.origin = [(left + right) / 2 - width / 2 / scale, (top + bottom) / 2 - height / 2 / scale];
    const context = this.boxes.getContext("2d");
    if (context === null) {
      return;
    }
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.clearRect(0, 0, width, height);
    const [boxWidth, boxHeight] = [scene.box.width * scale, scene.box.height * scale];
    scene.data.nodes.forEach((node, i) => {
      const x = ((scene.layout.x[i] ?? 0) - this.origin[0]) * scale - boxWidth / 2;
      const y = ((scene.layout.y[i] ?? 0) - this.origin[1]) * scale - boxHeight / 2;
      context.fillStyle = colors[node.status === "failed" ? "failed" : kindColor(node)];
      context.fillRect(x, y, Math.max(1.5, boxWidth), Math.max(1, boxHeight));
    });
    this.look();
  }

  /** Frames what is in sight; all in sight needs no map. */
  look(): void {
    const { x1, y1, x2, y2 } = this.drawing().sight;
    const at = (value: number, origin: number, most: number): number =>
      Math.min(most, Math.max(0, (value - origin) * this.scale));
    const [left, right] = [at(x1, this.origin[0], width), at(x2, this.origin[0], width)];
    const [top, bottom] = [at(y1, this.origin[1], height), at(y2, this.origin[1], height)];
    Object.assign(this.frame.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${right - left}px`,
      height: `${bottom - top}px`,
    });
    const [boxLeft, boxTop, boxRight, boxBottom] = this.whole;
    this.element.hidden = x1 <= boxLeft && y1 <= boxTop && x2 >= boxRight && y2 >= boxBottom;
  }
}
