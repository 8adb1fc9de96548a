import type { JavaSearch, RejectedJava } from "./locate";
import { oldestJava } from "./version";

/** The message when no Java can run the server: what was found where, and what to do. */
export function javaMissingText(search: JavaSearch & { readonly kind: "none" }): string {
  const needed = `DVT needs Java ${oldestJava} or newer to check and run models.`;
  const setting = search.rejected.find((java) => java.source === "dvt.java.home");
  if (setting) {
    return `${needed} The setting dvt.java.home names ${describe(setting)}.`;
  }
  const seen = search.rejected.filter(
    (java) => java.source !== "PATH" || java.answer.kind !== "missing",
  );
  if (seen.length === 0) {
    return `${needed} None was found: JAVA_HOME is not set and there is no java on the PATH.`;
  }
  const found = seen.map((java) => `${java.source} has ${describe(java)}`).join("; ");
  return `${needed} ${found.charAt(0).toUpperCase()}${found.slice(1)}.`;
}

/** The log line of a search that ended well. */
export function javaFoundText(search: JavaSearch & { readonly kind: "found" }): string {
  const passed = search.rejected
    .filter((java) => java.answer.kind !== "missing" || java.source !== "PATH")
    .map((java) => ` Passed over: ${java.source} has ${describe(java)}.`)
    .join("");
  return `Java ${search.version} of ${search.source}: ${search.command}.${passed}`;
}

function describe(java: RejectedJava): string {
  switch (java.answer.kind) {
    case "version":
      return `Java ${java.answer.version} (${java.command})`;
    case "missing":
      return `${java.command}, which does not exist`;
    case "unusable":
      return `${java.command}, which does not start (${java.answer.reason})`;
  }
}
