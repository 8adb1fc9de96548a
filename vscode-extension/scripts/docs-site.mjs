// Bundles the page of `dvt-ls docs` into server/target/docs-site, beside the server's jar.
import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { licences, workers } from "./plugins.mjs";

const root = path.resolve(import.meta.dirname, "..");
const page = path.join(root, "web", "docs");
const site = path.resolve(root, "..", "server", "target", "docs-site");

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: "eof",
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: [{ in: path.join(page, "site.ts"), out: "docs" }],
  outdir: site,
  platform: "browser",
  target: ["chrome111", "firefox115", "safari16.4"],
  format: "iife",
  plugins: [workers(common), licences],
});
fs.copyFileSync(path.join(page, "index.html"), path.join(site, "index.html"));
