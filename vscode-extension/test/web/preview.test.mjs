// The preview page alone: how it looks, is used, and how smoothly a big frame scrolls.
import { expect } from "../workbench/suite.mjs";

/** A frame's cells in sight, however big it is: 1280 x 800 pixels hold fewer. */
const mostCells = 1_500;
/** On two cores that other work shares; alone frames take a fourth, and the longest a tenth. */
const usualFrameMillis = 150;
const longestFrameMillis = 1_000;

export async function tests({ test, pages }) {
  let at;
  const cell = (row, column) =>
    at.page
      .locator(`tr[aria-rowindex="${row + 3}"] td[aria-colindex="${column + 2}"]`)
      .filter({ visible: true });
  const shows = (row, column, text) =>
    cell(row, column)
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();
  const header = (name) =>
    at.page.locator("thead th").filter({ has: at.page.locator(".name", { hasText: name }) });
  const open = async (size, theme) => {
    at = await pages.open("preview", theme);
    await at.awaitPosted({ type: "ready" });
    await serve(at.page);
    await at.send({ type: "about", uri: "file:///shop/models/orders.py", name: "orders" });
    await at.send({ type: "computed", kept: kept(size) });
    await shows(0, 0, "0");
  };

  for (const theme of ["light", "dark", "high-contrast"]) {
    await test(`is readable and named in ${theme}`, async () => {
      await open({ rows: 5_000, columns: 12 }, theme);
      await at.page.getByText("the first 5,000 rows of 9,000; there are more").waitFor();
      await at.page.getByText("stg_orders and 1 more: 5 min old").waitFor();
      await cell(2, 1).click();
      await cell(5, 3).click({ modifiers: ["Shift"] });
      await at.page.locator("td.selected").nth(11).waitFor();
      expect((await at.accessibility()).join("\n"), "", "what axe finds");
      await pages.screenshot(`preview ${theme}`);
      await at.page.getByRole("button", { name: "Profile" }).click();
      await at.page.getByRole("cell", { name: "4,990" }).first().waitFor();
      await at.page.keyboard.press("Tab");
      expect((await at.accessibility()).join("\n"), "", "what axe finds with a profile");
      await pages.screenshot(`preview profile ${theme}`);
      await cell(0, 0).click();
      await at.page.keyboard.press("f");
      await at.page.getByRole("dialog", { name: "Filter id" }).waitFor();
      expect((await at.accessibility()).join("\n"), "", "what axe finds with the filter");
      await pages.screenshot(`preview filter ${theme}`);
      await at.page.keyboard.press("Escape");
      await at.send({ type: "failed", failures: [failure] });
      await at.page.getByRole("button", { name: "orders.py:3" }).waitFor();
      expect((await at.accessibility()).join("\n"), "", "what axe finds with a failure");
      await pages.screenshot(`preview failure ${theme}`);
      expect(at.errors.join(), "", "errors of the page");
    });
  }

  await test("a click on a header sorts, another turns it, and Shift adds a column", async () => {
    await open({ rows: 100, columns: 6 });
    await header("id").click();
    await at.awaitPosted({ type: "rows", view: view([{ column: "id", descending: false }]) });
    await at.page.locator('th[aria-sort="ascending"]', { hasText: "id" }).waitFor();
    await header("id").click();
    await shows(0, 0, "99");
    await at.page.locator('th[aria-sort="descending"]', { hasText: "id" }).waitFor();
    await header("text_1").click({ modifiers: ["Shift"] });
    const both = [
      { column: "id", descending: true },
      { column: "text_1", descending: false },
    ];
    await at.awaitPosted({ type: "rows", view: view(both) });
    await at.page.getByRole("button", { name: "Remove the order id ▼, text_1 ▲" }).click();
    await shows(0, 0, "0");
  });

  await test("a filter is typed with the keys, said, and removed", async () => {
    await open({ rows: 1_000, columns: 6 });
    await cell(0, 0).click();
    await at.page.keyboard.press("f");
    await at.page.getByLabel("Condition").selectOption(">=");
    await at.page.getByLabel("Value").fill("990");
    await at.page.keyboard.press("Enter");
    await shows(0, 0, "990");
    await at.page.getByText("10 of the first 1,000 rows of 9,000").waitFor();
    await at.page.getByRole("button", { name: "Remove the filter id >= 990" }).click();
    await shows(0, 0, "0");
  });

  await test("a filter that the server refuses is said, and the rows stay", async () => {
    await open({ rows: 100, columns: 3 });
    await cell(0, 0).click();
    await at.page.keyboard.press("f");
    await at.page.getByLabel("Condition").selectOption("=");
    await at.page.getByLabel("Value").fill("refuse");
    await at.page.keyboard.press("Enter");
    await at.page.getByText("'refuse' cannot be compared with id").waitFor();
    await shows(0, 0, "0");
    expect(await at.page.locator(".stale").count(), 0, "dimmed grids");
  });

  await test("keys lead to every corner, and what is selected is copied", async () => {
    await open({ rows: 100_000, columns: 200 });
    await cell(0, 0).click();
    await at.page.keyboard.press("ArrowDown");
    await at.page.keyboard.press("ArrowRight");
    await at.page.locator('td.active[aria-colindex="3"]').waitFor();
    await at.page.keyboard.press("Control+End");
    const active = at.page.locator("td.active");
    await active.filter({ hasText: "row 99999 column 199" }).waitFor();
    expect(await active.getAttribute("aria-colindex"), "201", "the last column");
    const id = await at.page.locator("regular-table").getAttribute("aria-activedescendant");
    expect(await active.getAttribute("id"), id, "the active cell's name");
    await at.page.keyboard.press("Control+Home");
    await shows(0, 0, "0");
    await at.page.keyboard.press("Shift+ArrowDown");
    await at.page.keyboard.press("Shift+ArrowRight");
    await at.page.keyboard.press("Control+c");
    const range = { top: 0, bottom: 1, left: 0, right: 1 };
    await at.awaitPosted({ type: "copy", range, columns: ["id", "text_1"], headers: false });
    await at.page.keyboard.press("Control+Shift+C");
    await at.awaitPosted({ type: "copy", range, headers: true });
    await at.page.getByLabel("Copy").selectOption("headers");
    await at.page.locator("regular-table").focus();
    await at.page.keyboard.press("PageDown");
    await at.page.keyboard.press("PageDown");
    await active.filter({ hasText: /^row [2-9]\d column 1$/ }).waitFor();
  });

  await test("what is computed is said, can be cancelled, and failures lead to the line", async () => {
    await open({ rows: 100, columns: 3 });
    await at.send({ type: "computing", message: "Computing: raw.t from dev" });
    await at.page.getByText("raw.t from dev").waitFor();
    await at.page.getByRole("button", { name: "Cancel" }).click();
    await at.awaitPosted({ type: "cancel" });
    await at.send({ type: "failed", failures: [failure] });
    await at.page.getByRole("alert").getByText("DVT126: ValueError: no").waitFor();
    await at.page.getByRole("button", { name: "orders.py:3" }).click();
    await at.awaitPosted({ type: "open", place: failure.place });
    await at.page.locator(".grid.stale").waitFor();
    await shows(0, 0, "0");
    await at.page.getByRole("button", { name: "Refresh" }).click();
    await at.awaitPosted({ type: "compute", refresh: true });
    await at.send({ type: "computed", kept: kept({ rows: 7, columns: 3 }) });
    await at.page.locator(".grid:not(.stale)").waitFor();
    await at.page.getByRole("alert").getByText("no").waitFor({ state: "detached" });
  });

  await test("frames without rows or columns, and with odd names, are shown", async () => {
    at = await pages.open("preview");
    await at.awaitPosted({ type: "ready" });
    await serve(at.page);
    const odd = [
      { name: '<b>"x"</b>', type: "STRUCT(a INTEGER, b VARCHAR)" },
      { name: "BIGINT", type: "BIGINT" },
    ];
    await at.send({ type: "computed", kept: { ...kept({ rows: 0, columns: 1 }), columns: odd } });
    await header('<b>"x"</b>').waitFor();
    expect(await at.page.locator("td").count(), 0, "cells");
    await at.send({ type: "computed", kept: { ...kept({ rows: 0, columns: 1 }), columns: [] } });
    await at.page.locator("thead th .name", { hasText: "BIGINT" }).waitFor({ state: "detached" });
    expect(at.errors.join(), "", "errors of the page");
  });

  await test("100,000 rows x 200 columns scroll both ways with few cells and few requests", async () => {
    await open({ rows: 100_000, columns: 200 });
    const before = (await at.posted()).filter((one) => one.type === "rows").length;
    const measured = await at.page.evaluate(async () => {
      const table = document.querySelector("regular-table");
      const frame = () => new Promise((resolve) => window.requestAnimationFrame(resolve));
      let cells = 0;
      const [down, right] = [[], []];
      let last = window.performance.now();
      const step = async (frames, move) => {
        move();
        await frame();
        const now = window.performance.now();
        frames.push(now - last);
        last = now;
        cells = Math.max(cells, table.querySelectorAll("td").length);
      };
      for (let i = 0; i < 120; i++) {
        await step(down, () => (table.scrollTop += 900));
      }
      for (let i = 0; i < 120; i++) {
        await step(right, () => (table.scrollLeft += 90));
      }
      await step(down, () => (table.scrollTop = table.scrollHeight / 2));
      // Of each direction: a grid that draws all columns is slow on the way down alone.
      const median = (frames) => frames.sort((a, b) => a - b)[frames.length >> 1];
      return {
        cells,
        usual: Math.round(Math.max(median(down), median(right))),
        longest: Math.round(Math.max(...down, ...right)),
      };
    });
    console.log(
      `          a frame usually takes ${measured.usual} ms, the longest ${measured.longest} ms,` +
        ` at most ${measured.cells} cells`,
    );
    await at.page
      .locator("td:not(.pending)", { hasText: /^row 50\d\d\d column/ })
      .first()
      .waitFor();
    await at.page.locator("td.pending").first().waitFor({ state: "detached" });
    const asked = (await at.posted()).filter((one) => one.type === "rows").length - before;
    expect(String(measured.cells < mostCells), "true", `at most ${mostCells} cells`);
    expect(measured.usual < usualFrameMillis, true, `the usual frame, of ${measured.usual} ms`);
    expect(measured.longest < longestFrameMillis, true, `the longest, of ${measured.longest} ms`);
    expect(String(asked > 3 && asked < 120), "true", `${asked} requests`);
  });
}

const failure = {
  message: "DVT126: ValueError: no",
  traceback: "Traceback\n  line 3",
  place: { uri: "file:///shop/models/orders.py", label: "orders.py:3", line: 3, column: 1 },
};

const view = (orderBy, filter = []) => ({ orderBy, filter });

function kept({ rows, columns }) {
  const minutes = (n) => new Date(Date.now() - n * 60_000).toISOString();
  return {
    preview: `orders-${rows}`,
    model: "model.shop.orders",
    name: "orders",
    columns: Array.from({ length: columns }, (_, i) =>
      i % 3 === 0
        ? { name: i === 0 ? "id" : `number_${i}`, type: i === 0 ? "BIGINT" : "DECIMAL(38,10)" }
        : { name: `text_${i}`, type: i % 3 === 1 ? "VARCHAR" : "TIMESTAMP WITH TIME ZONE" },
    ),
    kept: rows,
    rowCount: 9_000,
    more: true,
    at: minutes(1),
    upstream: [
      { name: "stg_orders", from: "cache", at: minutes(5) },
      { name: "raw.t", from: "dev", at: minutes(1) },
    ],
  };
}

/** Answers the page as the server does: the rows of the frame that was sent last. */
function serve(page) {
  return page.evaluate(() => {
    let frame;
    window.addEventListener("message", ({ data }) => {
      frame = data.type === "computed" ? data.kept : frame;
    });
    const value = (row, column) => {
      if (column === 0) {
        return String(row);
      }
      return column % 3 === 2 && row % 7 === 0 ? null : `row ${row} column ${column}`;
    };
    const numbers = ({ orderBy, filter }) => {
      const least = filter.length === 0 ? 0 : Number(filter[0].value);
      const all = { length: frame.kept - least };
      const turned = orderBy[0]?.descending === true;
      return { count: all.length, row: (i) => (turned ? frame.kept - 1 - i : i + least) };
    };
    const answer = ({ type, id, view, offset, limit }) => {
      if (type === "profile") {
        const columns = frame.columns.map((column, i) => ({
          ...column,
          nulls: i,
          distinct: frame.kept - 10,
          ...(i === 1 ? {} : { min: "0", max: "x".repeat(80) }),
        }));
        return { type, id, columns };
      }
      if (view.filter[0]?.value === "refuse") {
        return { type: "refused", id, message: "'refuse' cannot be compared with id." };
      }
      const { count, row } = numbers(view);
      const length = Math.max(0, Math.min(limit, count - offset));
      const rows = Array.from({ length }, (_, i) =>
        frame.columns.map((__, column) => value(row(offset + i), column)),
      );
      return { type, id, rows, total: count };
    };
    const { posted } = globalThis;
    posted.push = (message) => {
      Array.prototype.push.call(posted, message);
      if (message.type === "rows" || message.type === "profile") {
        setTimeout(() => {
          window.postMessage(answer(message), "*");
        }, 20); // as long as the server takes
      }
    };
  });
}
