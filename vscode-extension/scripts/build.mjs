// Bundles the client into dist/extension.js, and each web/<name>/main.ts into dist/web/<name>.js
// and .css. `--watch` rebuilds on change. An import of "./x?worker" is the bundled script as text.
import fs from "node:fs";
import path from "node:path";
import { context } from "esbuild";
import { licences, workers } from "./plugins.mjs";

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
    plugins: [workers(common), licences],
  }),
]);
if (watch) {
  await Promise.all(builds.map((build) => build.watch()));
} else {
  await Promise.all(builds.map((build) => build.rebuild()));
  await Promise.all(builds.map((build) => build.dispose()));
}
