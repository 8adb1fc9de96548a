// Makes packages of the bundled client and the server with its libraries:
//   node scripts/package.mjs                       build/dvt-ls.vsix, for any platform that has a Java
//   node scripts/package.mjs --target linux-x64    build/dvt-ls-linux-x64.vsix, which brings its own
//   node scripts/package.mjs --all-targets         all of them
//   --no-start                                     without measuring how fast the packaged server starts
// What goes in is gathered in build/vsix, so that nothing else of the folder can slip in.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { copyLibraries, nativePlatforms } from "./jars.mjs";
import { javaRuntime, pinned } from "./runtime.mjs";
import { startTimes } from "./start.mjs";

const root = path.resolve(import.meta.dirname, "..");
const server = path.resolve(root, "..", "server", "target");
const stage = path.join(root, "build", "vsix");
const here = `${process.platform}-${process.arch}`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const sizeOf = (file) =>
  fs.statSync(file).isDirectory()
    ? fs.readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0)
    : fs.statSync(file).size;

const { values: options } = parseArgs({
  options: {
    target: { type: "string", multiple: true, default: [] },
    "all-targets": { type: "boolean", default: false },
    "no-start": { type: "boolean", default: false },
  },
});
const known = Object.keys(pinned.targets);
for (const target of options.target.filter((name) => !known.includes(name))) {
  fail(`There is no Java runtime for the target ${target}; there is for ${known.join(", ")}.`);
}
for (const built of ["dvt-ls.jar", "lib"]) {
  if (!fs.existsSync(path.join(server, built))) {
    fail(
      `${path.join(server, built)} is missing. Build the server first: mvn -q package -DskipTests`,
    );
  }
}
// Not only when that platform's package is made: most machines make their own.
const natives = nativePlatforms(path.join(server, "lib"));
const bare = known.filter((target) => !natives.includes(pinned.targets[target].duckdb));
if (bare.length > 0) {
  fail(
    `DuckDB's jar has no library for ${bare.join(", ")}, only for ${natives.join(", ")}. ` +
      `Look at "duckdb" in scripts/runtimes.json.`,
  );
}

/** Pictures of the walkthrough are the documentation's. */
const walkthroughPictures = { "check.png": "editor.png", "lineage.png": "lineage.png" };

fs.rmSync(path.join(root, "dist"), { recursive: true, force: true });
for (const script of ["build.mjs", "docs-site.mjs"]) {
  execFileSync(process.execPath, [path.join(root, "scripts", script)], {
    cwd: root,
    stdio: "inherit",
  });
}
/** No target: the universal package. */
const targets = options["all-targets"]
  ? [undefined, ...known]
  : options.target.length > 0
    ? options.target
    : [undefined];
for (const target of targets) {
  const vsix = path.join(root, "build", `dvt-ls${target === undefined ? "" : `-${target}`}.vsix`);
  gather(target);
  pack(vsix, target);
  await report(vsix, target);
}

function gather(target) {
  const copy = (from, to) => fs.cpSync(from, path.join(stage, to), { recursive: true });
  fs.rmSync(stage, { recursive: true, force: true });
  fs.mkdirSync(path.join(stage, "images"), { recursive: true });
  copy(path.join(root, "README.md"), "README.md");
  copy(path.join(root, "CHANGELOG.md"), "CHANGELOG.md");
  copy(path.join(root, "..", "LICENSE"), "LICENSE");
  copy(path.join(root, "images", "icon.png"), "images/icon.png");
  copy(path.join(root, "images", "dvt.svg"), "images/dvt.svg");
  copy(path.join(root, "walkthrough"), "walkthrough");
  for (const [name, picture] of Object.entries(walkthroughPictures)) {
    copy(path.join(root, "..", "docs", "images", picture), `walkthrough/${name}`);
  }
  copy(path.join(root, "dist"), "dist");
  copy(path.join(server, "dvt-ls.jar"), "server/dvt-ls.jar");
  copy(path.join(server, "docs-site"), "server/docs-site");
  copyLibraries(
    path.join(server, "lib"),
    path.join(stage, "server", "lib"),
    target && pinned.targets[target].duckdb,
  );
  if (target !== undefined) {
    copy(javaRuntime(target), "java");
    fs.writeFileSync(path.join(stage, "java", "README.txt"), runtimeNotice());
  }
  // The manifest without what only developing needs; the bundle holds the dependencies.
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  for (const key of ["scripts", "dependencies", "devDependencies"]) {
    delete manifest[key];
  }
  fs.writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  // vsce warns where there is none; all that was gathered is meant.
  fs.writeFileSync(path.join(stage, ".vscodeignore"), "");
}

function runtimeNotice() {
  return `This folder holds ${pinned.java}, as it comes in ${pinned.package} ${pinned.version} (https://pypi.org/project/${pinned.package}/),
unchanged. It is licensed under the GNU General Public License, version 2, with the Classpath
Exception; the texts of this licence and of its parts are in the folder legal.
Its source: ${pinned.source}
It runs the language server. The setting dvt.java.home names another Java.
`;
}

function pack(vsix, target) {
  const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
  execFileSync(
    process.execPath,
    [
      vsce,
      "package",
      ...["--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", vsix],
      ...(target === undefined ? [] : ["--target", target]),
    ],
    { cwd: stage, stdio: ["ignore", "ignore", "inherit"] },
  );
}

async function report(vsix, target) {
  const inStage = (...names) => path.join(stage, ...names);
  console.log(target ?? "universal");
  console.log(`  client   ${megabytes(sizeOf(inStage("dist")))}`);
  console.log(`  server   ${megabytes(sizeOf(inStage("server")))}`);
  if (target !== undefined) {
    console.log(`  java     ${megabytes(sizeOf(inStage("java")))} (${pinned.java})`);
  }
  console.log(`  package  ${megabytes(sizeOf(vsix))}  ${path.relative(process.cwd(), vsix)}`);
  if (options["no-start"]) {
    return;
  }
  if (target !== undefined && target !== here) {
    console.log(`  start    not measured: this is ${here}`);
    return;
  }
  const java = target === undefined ? javaOfThePath() : inStage("java", "bin", javaFile());
  const times = await startTimes(java, inStage("server", "dvt-ls.jar"));
  console.log(
    `  start    ${times.plain.toFixed(0)} ms to the first answer, ${times.archived.toFixed(0)} ms with a class ` +
      `archive of ${megabytes(times.archiveBytes)} (Java ${times.version})`,
  );
}

function javaFile() {
  return process.platform === "win32" ? "java.exe" : "java";
}

function javaOfThePath() {
  const homes = [process.env.JAVA_HOME].filter(Boolean).map((home) => path.join(home, "bin"));
  const folders = [...homes, ...(process.env.PATH ?? "").split(path.delimiter)];
  const java = folders
    .map((folder) => path.join(folder, javaFile()))
    .find((file) => fs.existsSync(file));
  return java ?? fail("Java is missing: install a JDK, 17 or later, or give --no-start");
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
