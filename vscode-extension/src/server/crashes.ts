/** After so many ends in a row the server is left alone: it would end again. */
export const crashLimit = 5;
/** Ends further apart than this are not one trouble. */
export const crashWindowMillis = 3 * 60_000;

/** Times at which the server ended unasked, oldest first. */
export type Crashes = readonly number[];

export function addCrash(crashes: Crashes, now: number): Crashes {
  return [...crashes.filter((time) => now - time < crashWindowMillis), now];
}

export function shouldRestart(crashes: Crashes): boolean {
  return crashes.length < crashLimit;
}

export function crashText(crashes: Crashes): string {
  return shouldRestart(crashes)
    ? `The DVT language server ended unexpectedly (${crashes.length} of ${crashLimit}); it is started again.`
    : `The DVT language server ended unexpectedly ${crashLimit} times and is not started again. The log says why.`;
}
