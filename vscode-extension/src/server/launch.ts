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

/** @param javaOptions more of Java's options, such as those for class archives */
export function serverLaunch(
  java: string,
  jar: string,
  javaOptions: readonly string[] = [],
): Launch {
  return {
    command: java,
    args: [
      // Small heap steps and no collector threads: the server idles most of the time.
      "-XX:+UseSerialGC",
      // Standard output belongs to the protocol: what Java itself has to say goes to standard error.
      ...["-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr"],
      // DuckDB's library lies beside its jar. Java's own path has the working folder in it on Windows, where
      // a workspace could have one too.
      `-Djava.library.path=${path.join(path.dirname(jar), "lib")}`,
      ...javaOptions,
      ...["-jar", jar, "lsp"],
    ],
  };
}
