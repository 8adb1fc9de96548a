import { expect, test } from "vitest";
import { effectiveTarget, projectOf, type Project } from "../../src/projects/targets";

const project = (root: string, target?: string): Project => ({
  name: root,
  root,
  targets: [],
  ...(target === undefined ? {} : { target }),
});
const projects = [project("/work/shop"), project("/work/shop/nested"), project("/work/sho")];

test.each([
  ["/work/shop/models/a.py", "/work/shop"],
  ["/work/shop/nested/models/a.py", "/work/shop/nested"],
  ["/work/shopping/a.py", "/work/shop"], // in none: the first
  [undefined, "/work/shop"],
])("%s belongs to %s", (file, root) => {
  expect(projectOf(projects, file)?.root).toBe(root);
});

test("without projects there is none", () => {
  expect(projectOf([], "/a.py")).toBeUndefined();
});

test("the setting wins over the profile", () => {
  expect(effectiveTarget("prod", project("/p", "dev"))).toBe("prod");
  expect(effectiveTarget(undefined, project("/p", "dev"))).toBe("dev");
  expect(effectiveTarget(undefined, project("/p"))).toBeUndefined();
});
