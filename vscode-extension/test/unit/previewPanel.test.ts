import { beforeEach, describe, expect, it, vi } from "vitest";
import type { WebviewPanel } from "vscode";
import type { FromPage, Kept, ToPage } from "../../src/preview/messages";
import { PreviewPanel } from "../../src/preview/panel";
import type { PreviewSource } from "../../src/preview/source";

const editor = vi.hoisted(() => ({ workspace: { isTrusted: true } }));

vi.mock("vscode", () => ({
  ...editor,
  CancellationTokenSource: class {
    readonly token = { isCancellationRequested: false };
    cancel(): void {
      this.token.isCancellationRequested = true;
    }
    dispose(): void {
      // nothing is held
    }
  },
}));
vi.mock("../../src/webview/page", () => ({ pageHtml: () => "", webFolder: () => ({}) }));

const uri = "file:///shop/models/orders.py";
const view = { orderBy: [], filter: [] };

function keptAs(preview: string): Kept {
  return {
    preview,
    model: "model.shop.orders",
    name: "orders",
    columns: [],
    kept: 1,
    more: false,
    at: "2026-01-01T00:00:00Z",
    upstream: [],
  };
}

/** A panel whose page and server are the test's. */
class Played {
  readonly sent: ToPage[] = [];
  readonly closed: string[] = [];
  readonly computed: string[] = [];
  saves = 0;
  /** What the server answers with; `undefined` when it was cancelled. */
  answer: () => Promise<Kept | undefined> = () =>
    Promise.resolve(keptAs(`p${this.computed.length}`));
  rows: () => Promise<{ rows: string[][]; total: number }> = () =>
    Promise.resolve({ rows: [["1"]], total: 1 });
  readonly panel: PreviewPanel;
  private disposed: (() => void)[] = [];
  private take: (message: FromPage) => void = () => undefined;

  constructor() {
    const webview = {
      postMessage: (message: ToPage) => this.sent.push(message),
      onDidReceiveMessage: (take: (message: FromPage) => void) => (this.take = take),
    };
    const parts = {
      webview,
      title: "",
      onDidDispose: (act: () => void) => this.disposed.push(act),
    };
    const source = {
      compute: async () => {
        this.computed.push(uri);
        const kept = await this.answer();
        return kept && { previews: [kept], failures: [], cancelled: false };
      },
      close: (_: unknown, preview: string) => this.closed.push(preview),
      rows: () => this.rows(),
    };
    this.panel = new PreviewPanel(
      { uri },
      parts as unknown as WebviewPanel,
      {} as never,
      source as unknown as PreviewSource,
      () => {
        this.saves++;
        return Promise.resolve();
      },
    );
    this.says({ type: "ready" });
  }

  says(message: FromPage): void {
    this.take(message);
  }

  dispose(): void {
    this.disposed.forEach((act) => {
      act();
    });
  }

  types(): string[] {
    return this.sent.map(({ type }) => type);
  }
}

describe("the panel of a preview", () => {
  beforeEach(() => {
    editor.workspace.isTrusted = true;
  });

  it("lets the rows of before go when newer ones come, and the last with itself", async () => {
    const played = new Played();
    await played.panel.compute(false);
    await played.panel.compute(true);
    expect(played.closed).toEqual(["p1"]);
    played.dispose();
    expect(played.closed).toEqual(["p1", "p2"]);
  });

  it("lets rows go that come when it is closed, or that newer ones have overtaken", async () => {
    const played = new Played();
    const answers: ((kept: Kept) => void)[] = [];
    played.answer = () => new Promise((resolve) => answers.push(resolve));
    const first = played.panel.compute(false);
    const second = played.panel.compute(false);
    await vi.waitFor(() => {
      expect(answers.length).toBe(2);
    });
    answers[0]?.(keptAs("old"));
    await first;
    expect(played.closed).toEqual(["old"]);
    played.dispose();
    answers[1]?.(keptAs("late"));
    await second;
    expect(played.closed).toEqual(["old", "late"]);
    expect(played.types()).not.toContain("computed");
  });

  it("does not ask for rows that are gone, and sends none that came too late", async () => {
    const played = new Played();
    await played.panel.compute(false);
    const ask = { type: "rows", id: 7, preview: "p1", view, offset: 0, limit: 9 } as const;
    played.says(ask);
    await vi.waitFor(() => {
      expect(played.sent).toContainEqual({ type: "rows", id: 7, rows: [["1"]], total: 1 });
    });
    let answer: ((page: { rows: string[][]; total: number }) => void) | undefined;
    const asked = vi.fn(
      () => new Promise<{ rows: string[][]; total: number }>((resolve) => (answer = resolve)),
    );
    played.rows = asked;
    played.says({ ...ask, id: 8 });
    await played.panel.compute(false);
    answer?.({ rows: [], total: 0 });
    played.says({ ...ask, id: 9 });
    expect(asked).toHaveBeenCalledTimes(1);
    await Promise.resolve();
    expect(played.types().filter((type) => type === "rows").length).toBe(1);
  });

  it("computes nothing in a folder that is not trusted, nor after a reload", async () => {
    const played = new Played();
    played.panel.restored();
    expect(played.computed).toEqual([]);
    expect(played.sent.at(-1)).toEqual({ type: "told", text: "Compute shows the rows." });
    editor.workspace.isTrusted = false;
    await played.panel.compute(false);
    expect(played.computed).toEqual([]);
    expect(played.types().at(-1)).toBe("failed");
  });

  it("saves other files when it is asked to compute, but not when its own was saved", async () => {
    const played = new Played();
    await played.panel.compute(false);
    expect(played.saves).toBe(1);
    await played.panel.saved();
    expect(played.saves).toBe(1);
    expect(played.computed.length).toBe(2);
  });
});
