import * as vscode from "vscode";
import type { RunBoard } from "./board";
import { childrenOf, parentOf, rowOf, spoken, type Row } from "./rows";
import { isUnderWay } from "./state";

/** Rows of stages come often: the tree is drawn anew this seldom. */
const pauseMillis = 100;

/** The tree of runs in DVT's place of the activity bar; its elements are ids of rows. */
export class RunsView implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<string[] | undefined>();
  private readonly tree: vscode.TreeView<string>;
  private readonly subscription: vscode.Disposable;
  private redraw: NodeJS.Timeout | undefined;
  /** What the tree was drawn from. */
  private drawn: RunBoard["runs"] = [];

  readonly onDidChangeTreeData = this.changes.event;

  constructor(private readonly board: RunBoard) {
    this.tree = vscode.window.createTreeView("dvt.runs", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscription = board.onDidChange(() => {
      this.redraw ??= setTimeout(() => {
        this.draw();
      }, pauseMillis);
    });
    this.badge();
  }

  get visible(): boolean {
    return this.tree.visible;
  }

  getChildren(id?: string): string[] {
    return childrenOf(this.board.runs, id);
  }

  getParent(id: string): string | undefined {
    return parentOf(id);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = rowOf(this.board.runs, id, Date.now());
    return row === undefined ? new vscode.TreeItem("") : item(id, row);
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.subscription.dispose();
    this.tree.dispose();
    this.changes.dispose();
  }

  /** Runs that came or went change the list, others only themselves. */
  private draw(): void {
    this.redraw = undefined;
    const { runs } = this.board;
    const before = new Map(this.drawn.map((run) => [run.key, run]));
    const same = runs.length === before.size && runs.every((run) => before.has(run.key));
    this.drawn = runs;
    this.changes.fire(
      same ? runs.filter((run) => before.get(run.key) !== run).map((run) => run.key) : undefined,
    );
    this.badge();
  }

  private badge(): void {
    const value = this.board.runs.filter(isUnderWay).length;
    const tooltip = value === 1 ? "1 run under way" : `${value} runs under way`;
    this.tree.badge = value === 0 ? undefined : { value, tooltip };
  }
}

const expansion = {
  none: vscode.TreeItemCollapsibleState.None,
  open: vscode.TreeItemCollapsibleState.Expanded,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
};

function item(id: string, row: Row): vscode.TreeItem {
  const made = new vscode.TreeItem(row.label, expansion[row.children]);
  const color = row.color === undefined ? undefined : new vscode.ThemeColor(row.color);
  // A row that is known keeps how it was unfolded; one that failed meanwhile shows why.
  made.id = row.children === "open" ? `${id}\nopen` : id;
  made.description = row.description;
  made.tooltip = row.tooltip;
  made.iconPath = new vscode.ThemeIcon(row.icon, color);
  made.contextValue = row.context;
  made.accessibilityInformation = { label: spoken(row) };
  if (row.place !== undefined) {
    made.command = { command: "dvt.runs.open", title: "Open", arguments: [id] };
  }
  return made;
}
