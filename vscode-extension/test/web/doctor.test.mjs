// The doctor's page alone: what it says, that its buttons ask for the right thing, and for whom.
import { expect } from "../workbench/suite.mjs";

const installDuckdb = { kind: "installPackage", title: "Install duckdb", argument: "duckdb" };
const installDebugpy = { kind: "installPackage", title: "Install debugpy", argument: "debugpy" };
const create = { kind: "createEnvironment", title: "Create Environment" };
const report = {
  project: "shop",
  root: "/shop",
  ok: false,
  items: [
    {
      area: "python",
      name: "interpreter",
      status: "ok",
      text: "/shop/.venv/bin/python, Python 3.12.4: it is the project's own environment.",
    },
    {
      area: "python",
      name: "duckdb",
      status: "failed",
      text: "Not installed, and no model runs without it: `pip install duckdb`.",
      fix: installDuckdb,
    },
    {
      area: "python",
      name: "polars",
      status: "warning",
      text: "Not installed; models that use it need it.",
      fix: { kind: "installPackage", title: "Install polars", argument: "polars" },
    },
    { area: "tools", name: "sling", status: "failed", text: "Missing.", fix: create },
    {
      area: "tools",
      name: "debugpy",
      status: "warning",
      text: "Debugging needs debugpy. Run `dvt-ls env create`. Runs do without it.",
      fix: installDebugpy,
    },
    {
      area: "profile",
      name: "shop",
      status: "ok",
      text: "/shop/profiles.yml, target warehouse",
    },
    { area: "connection", name: "warehouse", status: "ok", text: "duckdb, answered in 0.2 s." },
  ],
};
const fine = { ...report, ok: true, items: report.items.filter(({ status }) => status === "ok") };
const projects = [
  { name: "shop", root: "/shop" },
  { name: "bank", root: "/bank" },
];

export async function tests({ test, pages }) {
  let at;
  const open = async (theme, message) => {
    at = await pages.open("doctor", theme);
    await at.awaitPosted({ type: "ready" });
    await at.send({ type: "projects", projects: projects.slice(0, 1), root: "/shop" });
    await at.send(message);
  };
  const button = (name) => at.page.getByRole("button", { name, exact: true });
  const says = (text) => at.page.getByRole("status").filter({ hasText: text }).waitFor();

  for (const theme of ["light", "dark", "high-contrast"]) {
    await test(`is readable and named in ${theme}`, async () => {
      await open(theme, { type: "report", report });
      await at.page.getByRole("heading", { name: "Doctor: shop" }).waitFor();
      await says("2 things are missing or wrong.");
      expect((await at.accessibility()).join("\n"), "", "what axe finds");
      await pages.screenshot(`doctor ${theme}`);
      await at.send({ type: "projects", projects, root: "/shop" });
      await at.page.getByRole("combobox", { name: "Project" }).waitFor();
      await at.send({ type: "busy", text: "Looking…" });
      await says("Looking");
      expect((await at.accessibility()).join("\n"), "", "what axe finds while it looks");
      await at.send({
        type: "none",
        text: "It waits until you trust this workspace.",
        action: { command: "trust", title: "Manage Workspace Trust" },
      });
      await button("Manage Workspace Trust").waitFor();
      expect((await at.accessibility()).join("\n"), "", "what axe finds without a report");
      expect(at.errors.join(), "", "errors of the page");
    });
  }

  await test("each thing stands in its section, with its state in words", async () => {
    await open("light", { type: "report", report });
    const tools = at.page.getByRole("region", { name: "Tools" });
    expect(
      (await tools.getByRole("listitem").first().textContent()).replaceAll(/\s+/g, " "),
      /Missing or wrong: sling ?Missing\./,
      "the row of Sling",
    );
    expect(
      (await tools.getByRole("listitem").last().textContent()).replaceAll(/\s+/g, " "),
      /Could be better: debugpy ?Debugging needs debugpy\./,
      "the row of what runs do without",
    );
    expect(await at.page.getByRole("listitem").count(), report.items.length, "rows");
    expect(
      await at.page.locator("code").first().textContent(),
      "pip install duckdb",
      "code in a text",
    );
  });

  await test("a button asks for what mends that thing, with the keyboard too", async () => {
    await open("light", { type: "report", report });
    await button("Install duckdb: duckdb").click();
    await at.awaitPosted({ type: "fix", fix: installDuckdb });
    await button("Create Environment: sling").focus();
    await at.page.keyboard.press("Enter");
    await at.awaitPosted({ type: "fix", fix: create });
    await button("Copy Report").click();
    await at.awaitPosted({ type: "copy" });
    await button("Install debugpy: debugpy").click();
    await at.awaitPosted({ type: "fix", fix: installDebugpy });
    await button("Look Again").click();
    await at.awaitPosted({ type: "refresh" });
  });

  await test("while something is under way, buttons do nothing and keep the keyboard", async () => {
    await open("light", { type: "report", report });
    await button("Install duckdb: duckdb").focus();
    await at.send({ type: "busy", text: "Install duckdb…" });
    await says("Install duckdb…");
    const before = (await at.posted()).length;
    await button("Install duckdb: duckdb").click({ force: true });
    await at.page.keyboard.press("Enter");
    expect((await at.posted()).length, before, "messages");
    await at.send({ type: "report", report });
    await says("2 things are missing or wrong.");
    expect(
      await at.page.evaluate(() => document.activeElement?.textContent),
      "Install duckdb",
      "what has the keyboard",
    );
    // Mended: the button is gone, the keyboard is not lost.
    await at.send({ type: "report", report: fine });
    await says("All that runs need is there.");
    expect(
      await at.page.evaluate(() => document.activeElement?.textContent),
      "Look Again",
      "what has the keyboard then",
    );
  });

  await test("another project is looked at where there are several", async () => {
    await open("light", { type: "report", report });
    expect(await at.page.getByRole("combobox").count(), 0, "choices where there is one project");
    await at.send({ type: "projects", projects, root: "/shop" });
    await at.page.getByRole("combobox", { name: "Project" }).selectOption("bank");
    await at.awaitPosted({ type: "project", root: "/bank" });
  });

  await test("where there is no report, it says why and what to do", async () => {
    await open("light", {
      type: "none",
      text: "The DVT language server is not running. The log says why.",
      action: { command: "restart", title: "Restart" },
    });
    await says("not running");
    await button("Restart").click();
    await at.awaitPosted({ type: "other", command: "restart" });
    expect(await button("Copy Report").isVisible(), false, "the button for a copy");
  });

  await test("what only debugging needs is no failure", async () => {
    const items = [...fine.items, report.items.find(({ name }) => name === "debugpy")];
    await open("light", { type: "report", report: { ...fine, items } });
    await says("All that runs need is there; 1 thing could be better.");
    await button("Install debugpy: debugpy").waitFor();
  });

  await test("it fits a narrow column", async () => {
    await open("light", { type: "report", report });
    await at.page.setViewportSize({ width: 360, height: 640 });
    const wider = await at.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, 0, "pixels that stick out");
    await pages.screenshot("doctor narrow");
  });
}
