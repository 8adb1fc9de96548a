import { expect, test } from "vitest";
import { effectiveTarget, projectOf, type Project } from "../../src/projects/targets";

const project = (root: string, target?: string): Project => ({
  name: root,
  root,
  targets: [],
  ...(target === undefined ? {} : { target }),
});
const projects = [
  project("/projects/shop"),
  project("/projects/shop/nested"),
  project("/projects/sho"),
];

test.each([
  ["/projects/shop/models/a.py", "/projects/shop"],
  ["/projects/shop/nested/models/a.py", "/projects/shop/nested"],
  ["/projects/shopping/a.py", "/projects/shop"], // in none: the first
  [undefined, "/projects/shop"],
])("%s belongs to %s", (file, root) => {
  expect(projectOf(projects, file)?.root).toBe(root);
});

test("without projects there is none", () => {
  expect(projectOf<Project>([], "/a.py")).toBeUndefined();
});

test("the setting wins over the profile", () => {
  expect(effectiveTarget("prod", project("/p", "dev"))).toBe("prod");
  expect(effectiveTarget(undefined, project("/p", "dev"))).toBe("dev");
  expect(effectiveTarget(undefined, project("/p"))).toBeUndefined();
});
