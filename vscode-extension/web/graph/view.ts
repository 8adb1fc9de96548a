import type {
  Graph,
  GraphAction,
  GraphData,
  GraphHost,
  GraphNode,
  GraphOptions,
  NodeStatus,
} from "./api";
import { Bar } from "./bar";
import { readColors, type Colors } from "./colors";
import { make } from "./dom";
import { Drawing } from "./drawing";
import { download, exported, exportFormats, type ExportFormat } from "./exports";
import { beside, directions } from "./keys";
import { layoutTask, sameShape } from "./layout/task";
import { OffThread } from "./layout/offThread";
import { Menu } from "./menu";
import { Minimap } from "./minimap";
import { Network, type Scope } from "./network";
import { Reader } from "./reader";
import { Names, type Scene } from "./scene";
import { Search } from "./search";
import { countText, spokenText } from "./texts";
import { Tip } from "./tip";

/** Steps around the focus when nothing else is said. */
const usualSteps = 2;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A graph that is shown: its parts, wired. */
export class View<Node extends GraphNode> implements Graph<Node> {
  private readonly root: HTMLElement;
  private readonly stage = make("div", { class: "graph-stage" });
  private readonly drawing: Drawing;
  private readonly reader = new Reader((event) => {
    this.key(event);
  });
  private readonly search: Search;
  private readonly bar: Bar;
  private readonly menu: Menu;
  private readonly map: Minimap;
  private readonly tip: Tip;
  private readonly layouts = new OffThread();
  private readonly sized: ResizeObserver;
  private network: Network<Node>;
  private colors: Colors;
  private names: Names;
  private scope: Scope;
  private everything: boolean;
  private current: string | undefined;
  private scene: Scene<Node> | undefined;

  constructor(
    element: HTMLElement,
    data: GraphData<Node>,
    private readonly host: GraphHost<Node>,
    options: GraphOptions,
  ) {
    this.network = new Network(data);
    this.everything = options.focus === undefined;
    this.current = options.focus;
    this.scope = {
      focus: options.focus,
      up: options.up ?? usualSteps,
      down: options.down ?? usualSteps,
      openUp: new Set(),
      openDown: new Set(),
    };
    this.search = new Search(
      (text, atMost) => this.network.search(text, atMost),
      (id) => {
        this.goTo(id);
      },
      () => {
        this.reader.focus();
      },
    );
    this.bar = new Bar(this.search, {
      steps: (up, down) => {
        this.change({ up, down, openUp: new Set(), openDown: new Set() });
      },
      everything: (wanted) => {
        this.everything = wanted;
        this.change({});
      },
      fit: () => {
        this.drawing.fit();
      },
      zoom: (factor) => {
        this.drawing.zoomBy(factor);
      },
      exports: (button) => {
        this.openExports(button);
      },
    });
    const canvas = make("div", { class: "graph-canvas", "aria-hidden": "true" });
    this.root = make("div", { class: "graph-root" }, this.bar.element, this.stage);
    this.map = new Minimap(() => this.drawing);
    this.tip = new Tip(this.stage);
    this.stage.append(canvas, this.reader.element, this.map.element);
    this.menu = new Menu(this.root);
    element.append(this.root);
    this.colors = readColors(this.root);
    this.names = new Names(this.colors.font);
    this.drawing = new Drawing(canvas, () => this.names, {
      picked: (id) => {
        this.reader.focus();
        this.setCurrent(id);
        this.openNode(id);
      },
      menu: (id, x, y) => {
        this.reader.focus();
        this.setCurrent(id);
        this.openMenu(id, x, y);
      },
      opened: (id, side) => {
        this.expand(id, side);
      },
      hovered: (id, x, y) => {
        const node = id === undefined ? undefined : this.network.node(id);
        this.tip.show(node, x, y);
      },
      moved: () => {
        this.map.look();
        this.place();
      },
    });
    canvas.addEventListener("pointerdown", () => {
      this.reader.focus();
    });
    canvas.addEventListener("contextmenu", (event) => {
      event.preventDefault();
    });
    this.sized = new ResizeObserver(() => {
      this.drawing.resize();
      this.map.look();
    });
    this.sized.observe(this.stage);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        this.search.focus();
      }
    });
    void this.draw();
  }

  update(data: GraphData<Node>): void {
    this.network = new Network(data);
    void this.draw(this.current);
  }

  focus(id: string | undefined): void {
    if (id !== undefined && !this.network.has(id)) {
      return;
    }
    this.everything = id === undefined;
    this.current = id ?? this.current;
    this.change({ focus: id, openUp: new Set(), openDown: new Set() });
  }

  mark(statuses: ReadonlyMap<string, NodeStatus>): void {
    const marked = (node: Node): Node => {
      const status = statuses.get(node.id);
      return status === undefined ? node : { ...node, status };
    };
    this.network = new Network({
      nodes: this.network.data.nodes.map(marked),
      edges: this.network.data.edges,
    });
    if (this.scene !== undefined) {
      const { data } = this.scene;
      this.scene = { ...this.scene, data: { nodes: data.nodes.map(marked), edges: data.edges } };
      this.drawing.mark(statuses);
      this.map.draw(this.scene, this.colors);
      this.speak();
    }
  }

  recolor(): void {
    this.colors = readColors(this.root);
    this.names = new Names(this.colors.font);
    this.drawing.paint(this.colors);
    if (this.scene !== undefined) {
      this.map.draw(this.scene, this.colors);
    }
  }

  dispose(): void {
    this.sized.disconnect();
    this.layouts.dispose();
    this.drawing.dispose();
    this.root.remove();
  }

  private change(scope: Partial<Scope>, held?: string): void {
    this.scope = { ...this.scope, ...scope };
    const { focus, up, down } = this.scope;
    this.host.remember?.({ ...(focus === undefined ? {} : { focus }), up, down });
    void this.draw(held);
  }

  /** @param held the node that shall stay where it is on the screen; none: all is fitted in */
  private async draw(held?: string): Promise<void> {
    const focus = this.everything ? undefined : this.scope.focus;
    const shown = this.network.visible({ ...this.scope, focus });
    const data = this.network.part(shown);
    const box = this.names.box(data.nodes);
    const focused = this.scope.focus !== undefined && this.network.has(this.scope.focus);
    this.bar.show(this.scope.up, this.scope.down, !focused || this.everything, focused);
    const before = this.scene;
    const at = held === undefined ? undefined : this.drawing.onScreen(held);
    const same = before !== undefined && sameShape(before, data, box);
    if (!same) {
      this.root.setAttribute("aria-busy", "true");
      const layout = await this.layouts.layOut(layoutTask(data, box));
      if (layout === undefined) {
        return; // another one is on its way
      }
      this.scene = { data, layout, box };
      this.root.removeAttribute("aria-busy");
    } else {
      this.scene = { ...before, data };
    }
    const { scene } = this;
    const place = (id: string | undefined): Place | undefined => {
      const index = data.nodes.findIndex((node) => node.id === id);
      return index < 0
        ? undefined
        : { x: scene.layout.x[index] ?? 0, y: scene.layout.y[index] ?? 0 };
    };
    this.drawing.paint(this.colors, box);
    const drawn = this.drawing.show(scene, this.network, shown);
    const stays = place(held);
    if (!same && stays !== undefined && at !== undefined) {
      this.drawing.hold(stays, at);
    } else if (!same) {
      this.drawing.fit(place(focus ?? this.current) ?? "top");
    }
    this.map.draw(this.scene, this.colors);
    const current = [this.current, focus].find((id) => id !== undefined && shown.has(id));
    this.setCurrent(current ?? data.nodes[0]?.id);
    this.bar.say(countText(shown.size, this.network.size));
    await drawn;
    this.place();
    this.root.dataset["nodes"] = String(shown.size);
  }

  private setCurrent(id: string | undefined): void {
    this.current = id;
    this.drawing.current(id);
    this.speak();
  }

  private speak(): void {
    const node = this.current === undefined ? undefined : this.network.node(this.current);
    if (node !== undefined && this.scene !== undefined) {
      const { nodes } = this.scene.data;
      const { id } = node;
      const neighbours = [this.network.upstream(id).length, this.network.downstream(id).length];
      this.reader.show(
        `Lineage, ${countText(nodes.length, this.network.size)}`,
        spokenText(node, neighbours[0] ?? 0, neighbours[1] ?? 0),
        nodes.findIndex((one) => one.id === id) + 1,
        nodes.length,
      );
      this.place();
    }
  }

  private place(): void {
    const at = this.current === undefined ? undefined : this.drawing.onScreen(this.current);
    if (at !== undefined) {
      this.reader.place(at);
    }
  }

  private openNode(id: string): void {
    const node = this.network.node(id);
    if (node !== undefined) {
      this.host.open(node);
    }
  }

  /** Shows a node that was searched for: where it is, or else with what is around it. */
  private goTo(id: string): void {
    if (this.scene?.data.nodes.some((node) => node.id === id) === true) {
      this.setCurrent(id);
      this.drawing.reveal(id);
    } else {
      this.focus(id);
    }
  }

  private expand(id: string, side: "up" | "down"): void {
    const key = side === "up" ? "openUp" : "openDown";
    this.current = id;
    this.change({ [key]: new Set([...this.scope[key], id]) }, id);
  }

  private openMenu(id: string, x: number, y: number): void {
    const node = this.network.node(id);
    if (node === undefined || this.scene === undefined) {
      return;
    }
    this.tip.show(undefined, 0, 0);
    const shown = new Set(this.scene.data.nodes.map((one) => one.id));
    const hidden = this.network.hidden(id, shown);
    const more = (["up", "down"] as const).flatMap((side): GraphAction[] => {
      const label = `Show ${hidden[side]} More ${side === "up" ? "Upstream" : "Downstream"}`;
      const run = (): void => {
        this.expand(id, side);
      };
      return hidden[side] === 0 ? [] : [{ label, run }];
    });
    const own: GraphAction[] = [
      {
        label: "Open",
        run: () => {
          this.host.open(node);
        },
      },
      {
        label: "Focus on This",
        run: () => {
          this.focus(id);
        },
      },
      ...more,
    ];
    const top = this.stage.offsetTop;
    this.menu.open(node.name, [...own, ...(this.host.actions?.(node) ?? [])], x, y + top);
  }

  private openExports(button: HTMLElement): void {
    const actions = exportFormats.map(([label, format]) => ({
      label,
      run: (): void => {
        void this.export(format);
      },
    }));
    const { offsetLeft, offsetTop, offsetHeight } = button;
    this.menu.open("Export", actions, offsetLeft, offsetTop + offsetHeight);
  }

  private async export(format: ExportFormat): Promise<void> {
    if (this.scene !== undefined) {
      const save = this.host.save ?? download;
      try {
        save(await exported(format, this.scene, this.colors, this.names));
      } catch (error) {
        this.bar.say(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private key(event: KeyboardEvent): void {
    const id = this.current;
    if (id === undefined || this.scene === undefined || event.ctrlKey || event.metaKey) {
      return;
    }
    const direction = directions.get(event.key);
    if (
      direction !== undefined &&
      event.shiftKey &&
      direction !== "above" &&
      direction !== "below"
    ) {
      this.expand(id, direction === "left" ? "up" : "down");
    } else if (direction !== undefined) {
      const next = beside(this.scene, this.network, id, direction);
      if (next !== undefined) {
        this.setCurrent(next);
        this.drawing.reveal(next);
      }
    } else if (event.key === "Enter") {
      this.openNode(id);
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const { x, y } = this.drawing.onScreen(id) ?? { x: 0, y: 0 };
      this.openMenu(id, x, y);
    } else if (event.key === "+" || event.key === "-") {
      this.drawing.zoomBy(event.key === "+" ? 1.3 : 1 / 1.3);
    } else if (event.key === "0") {
      this.drawing.fit();
    } else if (event.key === "f") {
      this.focus(id);
    } else {
      return;
    }
    event.preventDefault();
  }
}
