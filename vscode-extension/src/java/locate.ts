import * as path from "node:path";
import { oldestJava } from "./version";

/** Where a Java was looked for, in a user's words. */
export type JavaSource = "dvt.java.home" | "the extension" | "JAVA_HOME" | "PATH";

export interface JavaCandidate {
  readonly source: JavaSource;
  /** The program file, which may not exist. */
  readonly command: string;
}

/** What asking a candidate gave. */
export type JavaAnswer =
  | { readonly kind: "version"; readonly version: number }
  | { readonly kind: "missing" }
  | { readonly kind: "unusable"; readonly reason: string };

export interface RejectedJava extends JavaCandidate {
  readonly answer: JavaAnswer;
}

export type JavaSearch =
  | {
      readonly kind: "found";
      readonly command: string;
      readonly source: JavaSource;
      readonly version: number;
      readonly rejected: readonly RejectedJava[];
    }
  | { readonly kind: "none"; readonly rejected: readonly RejectedJava[] };

export interface JavaPlaces {
  /** The setting `dvt.java.home`; empty when not set. */
  readonly setting: string;
  /** Home of the Java that the extension carries; a universal package has none. */
  readonly bundled: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
}

/**
 * The places to look, in order. A setting is the user's word: with it no other place is tried, so
 * that a slip in it is told instead of hidden.
 */
export function javaCandidates(places: JavaPlaces): readonly JavaCandidate[] {
  const file = places.platform === "win32" ? "java.exe" : "java";
  const paths = places.platform === "win32" ? path.win32 : path.posix;
  const setting = expandHome(places.setting.trim(), places.homeFolder, paths);
  if (setting !== "") {
    return [{ source: "dvt.java.home", command: paths.join(setting, "bin", file) }];
  }
  const bundled = places.bundled;
  const javaHome = places.environment["JAVA_HOME"]?.trim() ?? "";
  const searchPath = environmentPath(places)
    .split(paths.delimiter)
    .map((folder) => folder.trim().replace(/^"(.*)"$/, "$1"))
    .filter((folder) => paths.isAbsolute(folder));
  return [
    ...(bundled === undefined
      ? []
      : [{ source: "the extension" as const, command: paths.join(bundled, "bin", file) }]),
    ...(javaHome === ""
      ? []
      : [{ source: "JAVA_HOME" as const, command: paths.join(javaHome, "bin", file) }]),
    ...searchPath.map((folder) => ({ source: "PATH" as const, command: paths.join(folder, file) })),
  ];
}

/** The first candidate that is new enough. */
export async function findJava(
  candidates: readonly JavaCandidate[],
  ask: (command: string) => Promise<JavaAnswer>,
): Promise<JavaSearch> {
  const rejected: RejectedJava[] = [];
  for (const candidate of candidates) {
    const answer = await ask(candidate.command);
    if (answer.kind === "version" && answer.version >= oldestJava) {
      return { kind: "found", ...candidate, version: answer.version, rejected };
    }
    rejected.push({ ...candidate, answer });
  }
  return { kind: "none", rejected };
}

function environmentPath(places: JavaPlaces): string {
  if (places.platform !== "win32") {
    return places.environment["PATH"] ?? "";
  }
  // Windows writes it `Path`, and looks it up in any case.
  const name = Object.keys(places.environment).find((key) => key.toUpperCase() === "PATH");
  return name === undefined ? "" : (places.environment[name] ?? "");
}

function expandHome(folder: string, homeFolder: string, paths: path.PlatformPath): string {
  return /^~(?=$|[/\\])/.test(folder) ? paths.join(homeFolder, folder.slice(1)) : folder;
}
