import { expect, test } from "vitest";
import {
  fixesOf,
  fixesTitle,
  lacks,
  type Environment,
  type Fix,
  type Interpreter,
  type Missing,
} from "../../src/setup/environment";
import { reportText } from "../../src/setup/reportText";
import { interpreterLabel, listed, offerText, pythonText } from "../../src/setup/texts";
import { executesCode, readsFiles, runRefusal } from "../../src/trust";

const create: Fix = { kind: "createEnvironment", title: "Create Environment" };
const install = (name: string): Fix => ({
  kind: "installPackage",
  title: `Install ${name}`,
  argument: name,
});
const missing = (name: string, fix: Fix): Missing => ({ name, text: `No ${name}.`, fix });
const unknown: Interpreter = {
  path: "/shop/.venv/bin/python",
  reason: "project",
  why: "it is the project's own environment",
  environment: true,
};
const interpreter: Interpreter = { ...unknown, version: "3.12" };
const nowhere: Environment = { project: "shop", root: "/shop", missing: [], choices: [] };
const shop: Environment = { ...nowhere, interpreter, choices: [interpreter] };
const old: Missing = {
  name: "Python",
  text: "/usr/bin/python3 is Python 3.8.",
  fix: { kind: "chooseInterpreter", title: "Choose Interpreter" },
};

test.each<[string, Partial<Interpreter>, string]>([
  ["the project's own", {}, "Python 3.12 (.venv)"],
  ["what DVT made", { path: "/a/.dvt/venv/bin/python", reason: "made" }, "Python 3.12 (.dvt/venv)"],
  [
    "poetry's",
    { path: "/cache/shop-Xy1-py3.12/bin/python", reason: "poetry" },
    "Python 3.12 (shop-Xy1-py3.12)",
  ],
  [
    "the machine's",
    { path: "/usr/bin/python3", reason: "path", environment: false },
    "Python 3.12 (PATH)",
  ],
  [
    "an environment of the Python extension",
    { path: "/envs/one/bin/python", reason: "editor" },
    "Python 3.12 (one)",
  ],
  [
    "the Python extension's without an environment",
    { path: "/opt/bin/python3", reason: "editor", environment: false },
    "Python 3.12 (Python extension)",
  ],
  [
    "another of the machine's",
    { path: "/usr/bin/python3.12", reason: "there", environment: false },
    "Python 3.12",
  ],
])("the label of %s", (_, other, label) => {
  expect(interpreterLabel({ ...interpreter, ...other })).toBe(label);
});

test("a version that nobody knows is left out", () => {
  expect(interpreterLabel(unknown)).toBe("Python (.venv)");
});

test.each<[string, Partial<Environment>, string, boolean]>([
  ["where all is there", {}, "Python 3.12 (.venv)", false],
  [
    "what is missing, by its number",
    { missing: [missing("DuckDB", create), missing("Sling", create)] },
    "$(warning) Python 3.12 (.venv): 2 missing",
    true,
  ],
  [
    "a Python that is too old",
    { problem: old },
    "$(warning) Python 3.12 (.venv): not usable",
    true,
  ],
])("the status bar says %s", (_, other, text, warns) => {
  expect(pythonText({ ...shop, ...other })).toMatchObject({ text, warns });
});

test("the status bar says that there is no Python, and why", () => {
  const none = { ...old, text: "There is no Python on this machine." };
  expect(pythonText({ ...nowhere, problem: none, missing: [missing("Sling", create)] })).toEqual({
    text: "$(warning) No Python",
    lines: ["There is no Python on this machine.", "No Sling."],
    warns: true,
  });
});

test("which Python and why is said in a sentence", () => {
  expect(pythonText(shop).lines).toEqual([
    "Models of shop run in /shop/.venv/bin/python: it is the project's own environment.",
  ]);
});

test("one environment mends many things", () => {
  const all = ["DuckDB", "pandas", "Sling"].map((name) => missing(name, create));
  const environment = { ...shop, missing: all };
  expect(lacks(environment)).toHaveLength(3);
  expect(fixesOf(environment)).toEqual([create]);
  expect(fixesTitle(fixesOf(environment))).toBe("Create Environment");
  expect(offerText(environment)).toBe(
    "To run, the models of shop need DuckDB, pandas and Sling, which are not there yet.",
  );
});

test("packages go into the user's environment, each by itself", () => {
  const environment = {
    ...shop,
    missing: [
      missing("DuckDB", install("duckdb")),
      missing("pandas", install("pandas")),
      missing("Sling", create),
    ],
  };
  expect(fixesOf(environment)).toEqual([install("duckdb"), install("pandas"), create]);
  expect(fixesTitle(fixesOf(environment))).toBe("Install What Is Missing");
});

test("where the Python itself is wrong, that comes first", () => {
  const environment = { ...shop, problem: old, missing: [missing("DuckDB", install("duckdb"))] };
  expect(fixesOf(environment)).toEqual([old.fix]);
  expect(offerText(environment)).toBe(
    "Models of shop cannot run yet. /usr/bin/python3 is Python 3.8.",
  );
});

test("nothing is offered where nothing is missing", () => {
  expect(offerText(shop)).toBeUndefined();
  expect(offerText({ ...shop, missing: [missing("Sling", create)] })).toContain(
    "need Sling, which is not",
  );
});

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
])("%j is listed as %j", (names, text) => {
  expect(listed(names)).toBe(text);
});

test("a copied report has a line for each thing", () => {
  const items = [
    { area: "python", name: "duckdb", status: "failed", text: "Not installed." },
    { area: "connection", name: "warehouse", status: "ok", text: "duckdb, 0.1 s." },
  ] as const;
  expect(reportText({ project: "shop", root: "/shop", ok: false, items }, ["VS Code 1.100"])).toBe(
    `DVT: what runs of shop find
VS Code 1.100

python     FAILED  duckdb: Not installed.
connection ok      warehouse: duckdb, 0.1 s.
`,
  );
});

test("what starts programs waits for trust; only what reads files saves them", () => {
  for (const command of ["dvt.doctor", "dvt.createEnvironment", "dvt.install", "dvt.run"]) {
    expect(executesCode(command)).toBe(true);
    expect(runRefusal(false, command)).toMatch(/, so it waits until you trust this workspace\./);
    expect(runRefusal(true, command)).toBeUndefined();
  }
  expect(runRefusal(false, "dvt.check")).toBeUndefined();
  expect(executesCode("constructor")).toBe(false);
  expect([readsFiles("dvt.run"), readsFiles("dvt.doctor")]).toEqual([true, false]);
});
