import { editor, onMessage } from "../editor";
import type { Graph, GraphAction, GraphFile, GraphHost, GraphOptions } from "../graph/api";
import { make } from "../graph/dom";
import { showGraph } from "../graph/show";
import type { FromPage, LineageNode, NodeCommand, PageState, ToPage } from "./messages";
import "./style.css";

const page = document.getElementById("page") ?? document.body;
let graph: Graph<LineageNode> | undefined;
let project = "";

onMessage((message) => {
  receive(message as ToPage);
});
// VS Code changes the variables, and then this attribute.
new MutationObserver(() => graph?.recolor()).observe(document.body, {
  attributes: true,
  attributeFilter: ["class", "data-vscode-theme-id"],
});
// Who comes by a command or a key goes on with keys.
window.addEventListener("focus", () => {
  if (document.activeElement === document.body) {
    page.querySelector<HTMLElement>("[role=listbox][tabindex]")?.focus();
  }
});
post({ type: "ready" });

function receive(message: ToPage): void {
  switch (message.type) {
    case "graph":
      if (graph !== undefined && message.project === project) {
        graph.update(message.data);
        if (message.focus !== undefined) {
          graph.focus(message.focus);
        }
      } else {
        begin(message);
      }
      break;
    case "focus":
      graph?.focus(message.id);
      break;
    case "mark":
      graph?.mark(new Map(message.statuses));
      break;
    case "none":
      graph?.dispose();
      graph = undefined;
      project = "";
      page.replaceChildren(make("p", { class: "none", role: "status" }, message.text));
      break;
  }
}

function begin(message: Extract<ToPage, { type: "graph" }>): void {
  graph?.dispose();
  page.textContent = "";
  project = message.project;
  const kept = editor.getState() as PageState | undefined;
  const before: GraphOptions = kept?.project === project ? kept.options : {};
  const focus = message.focus ?? before.focus;
  const known = message.data.nodes.some((node) => node.id === focus);
  const options = { ...before, ...(focus !== undefined && known ? { focus } : {}) };
  graph = showGraph(page, message.data, host, known ? options : {});
}

const host: GraphHost<LineageNode> = {
  open: (node) => {
    command("open", node);
  },
  actions: (node) => {
    const action = (label: string, name: NodeCommand): GraphAction => ({
      label,
      run: () => {
        command(name, node);
      },
    });
    const running = [
      action("Run", "run"),
      action("Run with Upstream", "runWithUpstream"),
      ...(node.kind === "model" ? [action("Preview", "preview")] : []),
    ];
    const runnable = node.kind === "model" || node.kind === "seed";
    return [...(runnable ? running : []), action("Copy Name", "copyName")];
  },
  save: (file) => {
    void save(file);
  },
  remember: (options) => {
    editor.setState({ project, options } satisfies PageState);
  },
};

function command(name: NodeCommand, node: LineageNode): void {
  post({ type: "node", command: name, id: node.id });
}

async function save({ name, content }: GraphFile): Promise<void> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  post({ type: "save", name, base64: btoa(text) });
}

function post(message: FromPage): void {
  editor.postMessage(message);
}
