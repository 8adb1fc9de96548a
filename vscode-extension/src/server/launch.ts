import * as path from "node:path";

/** The command line of the server. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** The server travels in the extension; while the extension is developed, Maven's build is used. */
export function serverJar(extensionFolder: string, developing: boolean): string {
  return developing
    ? path.join(extensionFolder, "..", "server", "target", "dvt-ls.jar")
    : path.join(extensionFolder, "server", "dvt-ls.jar");
}

export function serverLaunch(java: string, jar: string): Launch {
  // Small heap steps and no collector threads: the server idles most of the time.
  return { command: java, args: ["-XX:+UseSerialGC", "-jar", jar, "lsp"] };
}
