/** The oldest Java that runs the language server. */
export const oldestJava = 17;

/**
 * The feature release in a Java version: `17` of `17.0.15`, `8` of `1.8.0_392`, `26` of `26-ea`.
 */
export function featureRelease(version: string): number | undefined {
  const match = /^(?:1\.)?(\d+)/.exec(version.trim());
  return match ? Number(match[1]) : undefined;
}

/** Reads the `release` file of a Java home: lines of `NAME="value"`. */
export function releaseFileVersion(text: string): number | undefined {
  const match = /^JAVA_VERSION="([^"]*)"/m.exec(text);
  return match?.[1] === undefined ? undefined : featureRelease(match[1]);
}

/** Reads what `java -version` prints: `openjdk version "17.0.15" 2025-04-15` in its first lines. */
export function printedVersion(output: string): number | undefined {
  const match = /\bversion "([^"]*)"/.exec(output);
  return match?.[1] === undefined ? undefined : featureRelease(match[1]);
}
