import { expect, test } from "vitest";
import type { LogOutputChannel } from "vscode";
import { RecentLines } from "../../src/server/recent";
import { failureReport } from "../../src/server/report";

/** As much of a channel as is called; a method that lost its `this` fails. */
class Channel {
  readonly name = "DVT";
  readonly written: string[] = [];

  info(line: string): void {
    this.written.push(line);
  }

  error(line: string): void {
    this.written.push(line);
  }

  trace(line: string): void {
    this.written.push(line);
  }
}

test("a channel's lines are written and remembered", () => {
  const recent = new RecentLines();
  const channel = new Channel();
  const same = recent.of(channel as unknown as LogOutputChannel);
  same.info("Starting java");
  same.error("OutOfMemoryError");
  same.trace("a message");
  expect(same.name).toBe("DVT");
  expect(channel.written).toEqual(["Starting java", "OutOfMemoryError", "a message"]);
  expect(recent.lines).toEqual(["[info] Starting java", "[error] OutOfMemoryError"]);
});

test("of many lines, the last are remembered", () => {
  const recent = new RecentLines();
  for (let line = 1; line <= 250; line++) {
    recent.add(`line ${line}`);
  }
  expect(recent.lines).toHaveLength(100);
  expect(recent.lines[0]).toBe("line 151");
  expect(recent.lines.at(-1)).toBe("line 250");
});

test("a report says what ended, on what, and the end of the log, without the user's name", () => {
  const lines = ["[info] Starting /home/me/jdk/bin/java", "[error] Killed"];
  expect(failureReport("It ended 5 times.", ["VS Code 1.100"], lines, "/home/me"))
    .toBe(`It ended 5 times.
VS Code 1.100

The end of the log:
[info] Starting ~/jdk/bin/java
[error] Killed
`);
  expect(failureReport("It ended.", [], ["[error] /"], "/")).toContain("[error] /");
});
