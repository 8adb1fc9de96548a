import { expect, test } from "vitest";
import { serverJar, serverLaunch } from "../../src/server/launch";
import { executesCode, runRefusal } from "../../src/trust";

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
