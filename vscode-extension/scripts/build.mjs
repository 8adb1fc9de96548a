// Bundles the client into dist/extension.js, and each web/<name>/main.ts into dist/web/<name>.js
// and .css. `--watch` rebuilds on change. An import of "./x?worker" is the bundled script as text.
import fs from "node:fs";
import path from "node:path";
import { build, context } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");
const watch = process.argv.includes("--watch");
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !watch,
  sourcemap: watch,
  legalComments: "eof",
  logLevel: "warning",
};
const pages = fs
  .readdirSync(path.join(root, "web"))
  .filter((name) => fs.existsSync(path.join(root, "web", name, "main.ts")));

/** A page of files (a webview, a site that is opened from a disk) starts workers from text alone. */
const workers = {
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
      const watchFiles = Object.keys(metafile.inputs).map((input) => path.join(root, input));
      return { contents: outputFiles[0].text, loader: "text", watchFiles };
    });
  },
};

/** A licence that a package's file begins with is a legal comment, however it is written. */
const licences = {
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

const builds = await Promise.all([
  context({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
  }),
  context({
    ...common,
    entryPoints: pages.map((name) => ({ in: `web/${name}/main.ts`, out: name })),
    outdir: "dist/web",
    platform: "browser",
    target: "chrome122",
    format: "iife",
    loader: { ".woff2": "file", ".ttf": "file", ".svg": "dataurl" },
    plugins: [workers, licences],
  }),
]);
if (watch) {
  await Promise.all(builds.map((build) => build.watch()));
} else {
  await Promise.all(builds.map((build) => build.rebuild()));
  await Promise.all(builds.map((build) => build.dispose()));
}
