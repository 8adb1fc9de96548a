import type { LayoutResult, LayoutTask } from "./layered";
import source from "./worker?worker";
import type { LayoutAnswer } from "./worker";

/** Lays graphs out in a worker; what was asked before the last is not answered any more. */
export class OffThread {
  private readonly address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  private worker: Worker | undefined;
  private asked = 0;

  /** Undefined when something else was asked meanwhile. */
  layOut(task: LayoutTask): Promise<LayoutResult | undefined> {
    const id = ++this.asked;
    // One that still works on an answer that nobody wants is let go.
    this.worker?.terminate();
    const worker = new Worker(this.address);
    this.worker = worker;
    worker.postMessage({ id, task });
    return new Promise((resolve, reject) => {
      worker.addEventListener("message", (event: MessageEvent<LayoutAnswer>) => {
        worker.terminate();
        resolve(id === this.asked ? event.data.result : undefined);
      });
      worker.addEventListener("error", (event) => {
        reject(new Error(`The graph could not be laid out: ${event.message}`));
      });
    });
  }

  dispose(): void {
    this.worker?.terminate();
    URL.revokeObjectURL(this.address);
  }
}
