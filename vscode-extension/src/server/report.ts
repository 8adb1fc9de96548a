/**
 * What to paste where one asks why the server keeps ending.
 *
 * @param home is left out of paths: it tells a user's name
 */
export function failureReport(
  reason: string,
  versions: readonly string[],
  lines: readonly string[],
  home: string,
): string {
  const text = [reason, ...versions, "", "The end of the log:", ...lines, ""].join("\n");
  return home.length > 1 ? text.replaceAll(home, "~") : text;
}
