import { expect, test } from "vitest";
import { siteRequest } from "../../src/docs/request";
import { readsFiles, runRefusal } from "../../src/trust";

test("the documentation site is that of the active project, and shown", () => {
  expect(siteRequest({ root: "/work/my shop" })).toEqual({
    command: "dvt.docs",
    args: [{ projectDir: "/work/my shop", show: true }],
  });
});

test("without a project there is no site", () => {
  expect(siteRequest(undefined)).toBeUndefined();
});

test("the site is of what is saved, and waits for trust, as the workspace names its folder", () => {
  expect(readsFiles("dvt.docs")).toBe(true);
  expect(runRefusal(true, "dvt.docs")).toBeUndefined();
  expect(runRefusal(false, "dvt.docs")).toMatch(/^The documentation site is written to a folder/);
});
