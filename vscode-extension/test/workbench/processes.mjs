// Processes of this test, found by their command line (Linux's /proc).
import fs from "node:fs";

/** Ids of the processes whose command line holds all the texts. */
export function processesWith(...texts) {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        const line = fs.readFileSync(`/proc/${id}/cmdline`, "utf8");
        return texts.every((text) => line.includes(text));
      } catch {
        return false; // it has ended meanwhile
      }
    })
    .map(Number);
}

/** Ids of a window's language servers, without one that makes a class archive in the background. */
export function serversIn(data, ...texts) {
  const makers = ["AOTCacheOutput", "ArchiveClassesAtExit"].flatMap((option) =>
    processesWith(data, option),
  );
  return processesWith(data, "server/dvt-ls.jar", ...texts).filter((id) => !makers.includes(id));
}

/** Waits until the condition gives something, and returns it. */
export async function until(what, condition, limitMillis = 30_000) {
  const limit = Date.now() + limitMillis;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > limit) {
      throw new Error(`${what}: not within ${limitMillis / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
