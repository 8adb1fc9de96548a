import { addCrash, crashText, shouldRestart, type Crashes } from "./crashes";

/** What the supervisor tells the rest of the extension. */
export type ServerState =
  | { readonly kind: "stopped" }
  /** `crash` tells of the end that another start follows. */
  | { readonly kind: "starting"; readonly crash?: string }
  | { readonly kind: "running" }
  | { readonly kind: "failed"; readonly reason: string; readonly cause: "java" | "other" };

/** One start of the server. */
export interface Session {
  /** Resolves when the server answers; rejects when it cannot start. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A start that trying again does not mend, such as a missing Java. The message is for the user. */
export class CannotStart extends Error {
  constructor(
    message: string,
    readonly reason: "java" | "other" = "other",
  ) {
    super(message);
  }
}

export interface SupervisorOptions {
  /** Makes a session; `ended` is called when its server goes away unasked. */
  readonly open: (ended: () => void) => Promise<Session>;
  readonly changed: (state: ServerState) => void;
  readonly log: (line: string) => void;
  readonly now: () => number;
}

/** Keeps one server running: starts it again when it ends, and gives up when it keeps ending. */
export class Supervisor {
  private session: Session | undefined;
  private crashes: Crashes = [];
  /** Counts starts and stops: what belongs to an older one is ignored. */
  private turn = 0;
  /** Starts and stops go one after another. */
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly options: SupervisorOptions) {}

  /** Starts the server, or starts it anew when it runs. Forgets earlier crashes. */
  start(): Promise<void> {
    this.crashes = [];
    return this.enqueue(() => this.begin());
  }

  stop(): Promise<void> {
    return this.enqueue(async () => {
      await this.end();
      this.options.changed({ kind: "stopped" });
    });
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step);
    return this.queue;
  }

  private async begin(crash?: string): Promise<void> {
    await this.end();
    const turn = ++this.turn;
    this.options.changed({ kind: "starting", ...(crash === undefined ? {} : { crash }) });
    try {
      const session = await this.options.open(() => {
        this.crashed(turn);
      });
      this.session = session;
      await session.start();
      if (turn === this.turn) {
        this.options.changed({ kind: "running" });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof CannotStart) {
        this.turn++;
        this.options.changed({ kind: "failed", reason, cause: error.reason });
      } else {
        this.options.log(`The DVT language server did not start: ${reason}`);
        this.crashed(turn);
      }
    }
  }

  private async end(): Promise<void> {
    this.turn++;
    const session = this.session;
    this.session = undefined;
    try {
      await session?.stop();
    } catch (error) {
      this.options.log(`Stopping the DVT language server: ${String(error)}`);
    }
  }

  /** A start that fails is told twice, by the rejected start and by the closed pipe: once counts. */
  private crashed(turn: number): void {
    if (turn !== this.turn) {
      return;
    }
    this.turn++;
    this.crashes = addCrash(this.crashes, this.options.now());
    const text = crashText(this.crashes);
    this.options.log(text);
    if (shouldRestart(this.crashes)) {
      // One that ends as soon as it starts would fill the window with messages.
      const first = this.crashes.length === 1 ? text : undefined;
      void this.enqueue(() => this.begin(first));
    } else {
      this.options.changed({ kind: "failed", reason: text, cause: "other" });
    }
  }
}
