import { describe, expect, it } from "vitest";
import { addCrash, crashLimit, crashWindowMillis, shouldRestart } from "../../src/server/crashes";
import { CannotStart, Supervisor, type Session } from "../../src/server/supervisor";

/** A server that the test ends as it likes. */
class Fake {
  readonly states: string[] = [];
  readonly logged: string[] = [];
  readonly told: string[] = [];
  opened = 0;
  stopped = 0;
  time = 0;
  endNow: () => void = () => undefined;

  constructor(private readonly onStart: (fake: Fake) => Promise<void>) {}

  supervisor(): Supervisor {
    return new Supervisor({
      open: (ended) => {
        this.opened++;
        this.endNow = ended;
        const session: Session = {
          start: () => this.onStart(this),
          stop: () => {
            this.stopped++;
            return Promise.resolve();
          },
        };
        return Promise.resolve(session);
      },
      changed: (state) => {
        this.states.push(state.kind);
        if (state.kind === "starting" && state.crash !== undefined) {
          this.told.push(state.crash);
        }
      },
      log: (line) => this.logged.push(line),
      now: () => this.time,
    });
  }
}

/** Lets everything that is queued run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the supervisor", () => {
  it("starts a server that crashed again", async () => {
    const fake = new Fake(() => Promise.resolve());
    await fake.supervisor().start();
    fake.endNow();
    await settle();
    expect(fake.states).toEqual(["starting", "running", "starting", "running"]);
  });

  it("gives up when the server keeps ending, and a start by hand tries anew", async () => {
    const fake = new Fake(() => Promise.resolve());
    const supervisor = fake.supervisor();
    await supervisor.start();
    for (let crash = 0; crash < crashLimit; crash++) {
      fake.endNow();
      await settle();
    }
    expect(fake.opened).toBe(crashLimit);
    expect(fake.states.at(-1)).toBe("failed");
    expect(fake.told).toEqual([
      `The DVT language server ended unexpectedly (1 of ${crashLimit}); it is started again.`,
    ]);
    expect(fake.logged.at(-1)).toContain(`${crashLimit} times and is not started again`);

    await supervisor.start();
    expect(fake.states.at(-1)).toBe("running");
  });

  it("goes on when the crashes are far apart", async () => {
    const fake = new Fake(() => Promise.resolve());
    await fake.supervisor().start();
    for (let crash = 0; crash < 3 * crashLimit; crash++) {
      fake.time += crashWindowMillis;
      fake.endNow();
      await settle();
    }
    expect(fake.states.at(-1)).toBe("running");
  });

  it("counts a start that fails once, though the pipe's end tells of it too", async () => {
    const fake = new Fake((self) => {
      self.endNow();
      return Promise.reject(new Error("no answer"));
    });
    await fake.supervisor().start();
    while (fake.states.at(-1) !== "failed") {
      await settle();
    }
    expect(fake.opened).toBe(crashLimit);
  });

  it("does not try again where trying cannot help", async () => {
    const states: unknown[] = [];
    let opened = 0;
    const supervisor = new Supervisor({
      open: () => {
        opened++;
        return Promise.reject(new CannotStart("DVT needs Java 17.", "java"));
      },
      changed: (state) => states.push(state),
      log: () => undefined,
      now: () => 0,
    });
    await supervisor.start();
    await settle();
    expect(opened).toBe(1);
    expect(states.at(-1)).toEqual({
      kind: "failed",
      reason: "DVT needs Java 17.",
      cause: "java",
    });
  });

  it("takes the end of a server that it stopped for no crash", async () => {
    const fake = new Fake(() => Promise.resolve());
    const supervisor = fake.supervisor();
    await supervisor.start();
    const endOfFirst = fake.endNow;
    await supervisor.start();
    endOfFirst();
    await supervisor.stop();
    fake.endNow();
    await settle();
    expect(fake.opened).toBe(2);
    expect(fake.stopped).toBe(2);
    expect(fake.states.at(-1)).toBe("stopped");
  });

  it("starts one server only when asked twice at once", async () => {
    const fake = new Fake(() => Promise.resolve());
    const supervisor = fake.supervisor();
    await Promise.all([supervisor.start(), supervisor.start()]);
    expect(fake.opened - fake.stopped).toBe(1);
  });
});

describe("crashes", () => {
  it("forgets those that are long past", () => {
    const old = Array.from({ length: crashLimit - 1 }, (_, second) => second * 1000);
    expect(shouldRestart(addCrash(old, 10_000))).toBe(false);
    expect(shouldRestart(addCrash(old, crashWindowMillis + 60_000))).toBe(true);
  });
});
