// Makes build/dvt-ls.vsix: the bundled client and the server with its libraries.
// What goes in is gathered in build/vsix, so that nothing else of the folder can slip in.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const server = path.resolve(root, "..", "server", "target");
const stage = path.join(root, "build", "vsix");
const vsix = path.join(root, "build", "dvt-ls.vsix");
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const sizeOf = (file) =>
  fs.statSync(file).isDirectory()
    ? fs.readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0)
    : fs.statSync(file).size;

for (const built of ["dvt-ls.jar", "lib"]) {
  if (!fs.existsSync(path.join(server, built))) {
    console.error(
      `${path.join(server, built)} is missing. Build the server first: mvn -q package -DskipTests`,
    );
    process.exit(1);
  }
}

fs.rmSync(path.join(root, "dist"), { recursive: true, force: true });
execFileSync(process.execPath, [path.join(root, "scripts", "build.mjs")], {
  cwd: root,
  stdio: "inherit",
});
fs.rmSync(stage, { recursive: true, force: true });
fs.mkdirSync(path.join(stage, "images"), { recursive: true });
const copy = (from, to) => fs.cpSync(from, path.join(stage, to), { recursive: true });
copy(path.join(root, "README.md"), "README.md");
copy(path.join(root, "CHANGELOG.md"), "CHANGELOG.md");
copy(path.join(root, "..", "LICENSE"), "LICENSE");
copy(path.join(root, "images", "icon.png"), "images/icon.png");
copy(path.join(root, "dist"), "dist");
copy(path.join(server, "dvt-ls.jar"), "server/dvt-ls.jar");
copy(path.join(server, "lib"), "server/lib");

// The manifest without what only developing needs; the bundle holds the dependencies.
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
for (const key of ["scripts", "dependencies", "devDependencies"]) {
  delete manifest[key];
}
fs.writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

// vsce warns where there is none; all that was gathered is meant.
fs.writeFileSync(path.join(stage, ".vscodeignore"), "");

const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
execFileSync(
  process.execPath,
  [
    vsce,
    "package",
    "--no-dependencies",
    "--skip-license",
    "--allow-missing-repository",
    "--out",
    vsix,
  ],
  { cwd: stage, stdio: ["ignore", "ignore", "inherit"] },
);
const lib = path.join(stage, "server", "lib");
const largest = fs
  .readdirSync(lib)
  .map((name) => ({ name, size: sizeOf(path.join(lib, name)) }))
  .sort((a, b) => b.size - a.size)[0];
console.log(`client   ${megabytes(sizeOf(path.join(stage, "dist")))}`);
console.log(
  `server   ${megabytes(sizeOf(path.join(stage, "server")))}` +
    (largest ? ` (${largest.name}: ${megabytes(largest.size)})` : ""),
);
console.log(`package  ${megabytes(sizeOf(vsix))}  ${path.relative(process.cwd(), vsix)}`);
