// What esbuild has to learn for the pages of web/.
import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/**
 * A page of files (a webview, a site that is opened from a disk) starts workers from text alone.
 *
 * @param common esbuild's options that hold for every bundle
 */
export const workers = (common) => ({
  name: "workers",
  setup(bundler) {
    bundler.onResolve({ filter: /\?worker$/ }, ({ path: name, resolveDir }) => ({
      path: path.resolve(resolveDir, name.replace(/\?worker$/, ".ts")),
      namespace: "worker",
    }));
    bundler.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path: file }) => {
      const { outputFiles, metafile } = await build({
        ...common,
        entryPoints: [file],
        sourcemap: false,
        platform: "browser",
        target: "chrome122",
        format: "iife",
        write: false,
        metafile: true,
      });
      const watchFiles = Object.keys(metafile.inputs).map((input) =>
        path.join(common.absWorkingDir, input),
      );
      return { contents: outputFiles[0].text, loader: "text", watchFiles };
    });
  },
});

/** A licence that a package's file begins with is a legal comment, however it is written. */
export const licences = {
  name: "licences",
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, ({ path: file }) => ({
      contents: fs
        .readFileSync(file, "utf8")
        .replace(/^\/\*[^!](?=(?:[^*]|\*(?!\/))*Copyright)/, "/*!\n"),
      loader: "js",
    }));
  },
};
