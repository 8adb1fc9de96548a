import type { Graph, GraphData, GraphHost, GraphNode, GraphOptions } from "./api";

/** Shows a graph in an element, which it fills. */
export function showGraph<Node extends GraphNode>(
  element: HTMLElement,
  data: GraphData<Node>,
  host: GraphHost<Node>,
  options: GraphOptions = {},
): Graph<Node> {
  const list = document.createElement("ul");
  const fill = (shown: GraphData<Node>): void => {
    list.replaceChildren(
      ...shown.nodes.map((node) => {
        const open = document.createElement("button");
        open.textContent = node.name;
        open.setAttribute("aria-current", String(node.id === options.focus));
        open.addEventListener("click", () => {
          host.open(node);
        });
        const item = document.createElement("li");
        item.append(open);
        return item;
      }),
    );
  };
  fill(data);
  element.append(list);
  const nothing = (): void => undefined;
  return {
    update: fill,
    focus: nothing,
    mark: nothing,
    recolor: nothing,
    dispose: () => {
      list.remove();
    },
  };
}
