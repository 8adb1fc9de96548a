import { expect, test } from "vitest";
import { looksLikeModel, modelSelector } from "../../src/models";
import { serverJar, serverLaunch } from "../../src/server/launch";
import { executesCode, runRefusal } from "../../src/trust";

test.each([
  ["def model(dbt, session):\n    return 1\n", true],
  ["import pandas\n\ndef  model (dbt, session): ...", true],
  ["if True:\n    def model(dbt, session): ...", true],
  ["def models(dbt): ...", false],
  ["# def model(dbt, session)", false],
  ['text = "def model("', false],
])("%j looks like a model: %s", (text, expected) => {
  expect(looksLikeModel(text)).toBe(expected);
});

test("a model is selected by its file's name", () => {
  expect(modelSelector("/shop/models/daily sales.py", false)).toBe("daily sales");
  expect(modelSelector("/shop/models/orders.v2.py", true)).toBe("+orders.v2");
});

test("only a trusted workspace runs models", () => {
  expect(runRefusal(true)).toBeUndefined();
  expect(runRefusal(false)).toContain("until you trust this workspace");
  expect(
    ["dvt.run", "dvt.preview", "dvt.install", "dvt.cancel", "dvt.check", "dvt.lineage"].filter(
      executesCode,
    ),
  ).toEqual(["dvt.run", "dvt.preview", "dvt.install"]);
});

test("the server is the one that travels with the extension", () => {
  const jar = serverJar("/ext", false);
  const { command, args } = serverLaunch("/jdk/bin/java", jar, ["-Xshare:auto"]);
  expect(command).toBe("/jdk/bin/java");
  expect(args.slice(-4)).toEqual(["-Xshare:auto", "-jar", "/ext/server/dvt-ls.jar", "lsp"]);
});

test("Java takes native libraries from beside the server alone and keeps off the protocol", () => {
  const { args } = serverLaunch("/jdk/bin/java", serverJar("/ext", false));
  expect(args).toContain("-Djava.library.path=/ext/server/lib");
  expect(args).toContain("-XX:+DisplayVMOutputToStderr");
});
