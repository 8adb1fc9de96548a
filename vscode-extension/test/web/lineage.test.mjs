// The lineage page alone: how it looks, is used, and how long it takes.
import { Buffer } from "node:buffer";
import { expect } from "../workbench/suite.mjs";
import { large, shop, wide } from "./graphs.mjs";
import { LineagePage } from "./lineagePage.mjs";

/** For 5,000 nodes on two cores that other work shares; alone they take a quarter. */
const shownMillis = 15_000;
const longestTaskMillis = 1_500;

export async function tests({ test, pages }) {
  const page = new LineagePage(pages);
  let at;
  const open = async (data, focus, theme) => {
    await page.open(data, focus, theme);
    at = page.at;
  };
  const current = () => page.current();
  const isCurrent = (name) => page.isCurrent(name);
  const count = (text) => page.count(text);
  const place = () => page.place();
  const sendNode = (command, id) => page.sentNode(command, id);

  for (const theme of ["light", "dark", "high-contrast"]) {
    await test(`is readable and named in ${theme}`, async () => {
      await open(shop(), "model.shop.enriched_orders", theme);
      await isCurrent("enriched_orders");
      expect((await at.accessibility()).join("\n"), "", "what axe finds");
      await pages.screenshot(`lineage ${theme}`);
      await at.page.mouse.click(...(await place()), { button: "right" });
      await at.page.getByRole("menuitem", { name: "Run with Upstream" }).waitFor();
      expect((await at.accessibility()).join("\n"), "", "what axe finds with the menu");
      await pages.screenshot(`lineage menu ${theme}`);
      await at.page.keyboard.press("Escape");
      await at.page.keyboard.press("/");
      await at.page.keyboard.type("orders");
      await at.page.getByRole("option", { name: "stg_orders" }).waitFor();
      expect((await at.accessibility()).join("\n"), "", "what axe finds with results");
      await pages.screenshot(`lineage search ${theme}`);
      expect(at.errors.join(), "", "errors of the page");
    });
  }

  await test("a click opens a node, and a right click offers what can be done", async () => {
    await open(shop(), "model.shop.enriched_orders");
    await at.page.mouse.click(...(await place()));
    await sendNode("open", "model.shop.enriched_orders");
    const actions = [
      ["Run", "run"],
      ["Run with Upstream", "runWithUpstream"],
      ["Preview", "preview"],
      ["Copy Name", "copyName"],
    ];
    for (const [label, command] of actions) {
      await at.page.mouse.click(...(await place()), { button: "right" });
      await at.page.getByRole("menuitem", { name: label, exact: true }).click();
      await sendNode(command, "model.shop.enriched_orders");
    }
  });

  await test("arrows go along edges, Enter opens, the menu key offers actions", async () => {
    await open(shop(), "model.shop.enriched_orders");
    await at.page.locator(".graph-reader").focus();
    await at.page.keyboard.press("ArrowLeft");
    await isCurrent("int_customer_orders");
    await at.page.keyboard.press("ArrowLeft");
    await isCurrent("stg_(orders|customers)");
    const first = await current().textContent();
    await at.page.keyboard.press(/^stg_orders/.test(first) ? "ArrowDown" : "ArrowUp");
    await isCurrent(/^stg_orders/.test(first) ? "stg_customers" : "stg_orders");
    await at.page.keyboard.press("ArrowRight");
    await isCurrent("int_customer_orders");
    await at.page.keyboard.press("Enter");
    await sendNode("open", "model.shop.int_customer_orders");
    await at.page.keyboard.press("Shift+F10");
    await at.page.getByRole("menuitem", { name: "Open" }).waitFor();
    await at.page.keyboard.press("End");
    await at.page.keyboard.press("Enter");
    await sendNode("copyName", "model.shop.int_customer_orders");
    // The focus is where it was.
    await at.page.keyboard.press("ArrowRight");
    await isCurrent("enriched_orders");
    const list = at.page.locator(".graph-reader");
    const id = await current().getAttribute("id");
    expect(await list.getAttribute("aria-activedescendant"), id, "the active descendant");
  });

  await test("more is shown by keys and by steps", async () => {
    await open(shop(), "model.shop.enriched_orders");
    await count("8 of 12 nodes");
    await at.page.locator(".graph-reader").focus();
    await at.page.keyboard.press("ArrowLeft");
    await at.page.keyboard.press("ArrowLeft");
    await at.page.keyboard.press("Shift+ArrowLeft");
    await count("9 of 12 nodes");
    await at.page.getByLabel("Upstream").fill("3");
    await at.page.keyboard.press("Enter");
    await count("10 of 12 nodes");
    await at.page.getByRole("button", { name: "Whole project" }).click();
    await count(/^12 nodes/);
    await at.page.getByRole("button", { name: "Whole project" }).click();
    await count("10 of 12 nodes");
    const state = await at.page.evaluate(() => window.acquireVsCodeApi().getState());
    expect(JSON.stringify(state.options), /"up":3/, "what the page remembers");
  });

  await test("a name that is searched for is gone to, in sight or not", async () => {
    await open(shop(), "model.shop.enriched_orders");
    await at.page.locator(".graph-reader").focus();
    await at.page.keyboard.press("/");
    await at.page.keyboard.type("stg_cust");
    await at.page.keyboard.press("Enter");
    await isCurrent("stg_customers");
    await count("8 of 12 nodes");
    await at.page.keyboard.press("/");
    await at.page.keyboard.type("over_time");
    await at.page.keyboard.press("Enter");
    await isCurrent("customers_over_time");
    await count("3 of 12 nodes");
    await at.page.keyboard.press("/");
    await at.page.keyboard.type("nothing at all");
    await at.page.getByText("Nothing has that name").waitFor();
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("ArrowLeft");
    await isCurrent("stg_customers");
  });

  await test("a run colours nodes, and new data keeps the place", async () => {
    await open(shop(), "model.shop.enriched_orders");
    await current().filter({ hasText: "last run failed" }).waitFor();
    await at.send({ type: "mark", statuses: [["model.shop.enriched_orders", "running"]] });
    await current().filter({ hasText: "running" }).waitFor();
    const before = await place();
    const data = shop();
    data.nodes[6].status = "passed";
    data.nodes[6].rows = 5;
    await at.send({ type: "graph", project: "/shop", data });
    await current().filter({ hasText: "last run succeeded, 5 rows" }).waitFor();
    expect((await place()).join(), before.join(), "the place");
    // A model more.
    data.nodes.push({ id: "model.shop.new", name: "new", kind: "model", uri: "file:///shop/new" });
    data.edges.push([6, data.nodes.length - 1]);
    await at.send({ type: "graph", project: "/shop", data });
    await count("9 of 13 nodes");
    await isCurrent("enriched_orders");
    const now = await place();
    expect(Math.hypot(now[0] - before[0], now[1] - before[1]) < 1, true, "the place is kept");
  });

  await test("in another size the graph is where one looks", async () => {
    await open(shop(), "model.shop.enriched_orders");
    const inSight = async () => {
      const { width, height } = at.page.viewportSize();
      const [x, y] = await place();
      return x > 0 && x < width && y > 40 && y < height;
    };
    await at.page.setViewportSize({ width: 500, height: 300 });
    await at.page.waitForFunction(() => document.querySelector("canvas")?.clientWidth === 500);
    expect(await inSight(), true, "the current node is in sight when fitted in");
    await at.page.mouse.move(200, 200);
    await at.page.mouse.wheel(0, -100);
    await at.page.setViewportSize({ width: 1280, height: 800 });
    await at.page.waitForFunction(() => document.querySelector("canvas")?.clientWidth === 1280);
    expect(await inSight(), true, "and when moved");
  });

  await test("what is shown is exported", async () => {
    await open(shop(), "model.shop.enriched_orders");
    for (const [label, name, begins] of [
      ["SVG", "lineage.svg", "<svg xmlns="],
      ["PNG", "lineage.png", "\x89PNG"],
      ["Mermaid", "lineage.mmd", "flowchart LR\n"],
    ]) {
      await at.page.getByRole("button", { name: "Export" }).click();
      await at.page.getByRole("menuitem", { name: label }).click();
      const { base64 } = await at.awaitPosted({ type: "save", name });
      const bytes = Buffer.from(base64, "base64");
      expect(bytes.toString("latin1").startsWith(begins), true, name);
      if (label === "SVG") {
        const svg = bytes.toString();
        expect(svg.match(/<rect/g).length, 9, "boxes and the ground");
        expect(svg.includes("var("), false, "colours of the page");
        expect(svg, /<title>a_model_whose_name_is_so_long_that_no_box_can_show_all_of_it</, "name");
      }
    }
  });

  await test("without a project it says so", async () => {
    await page.begin();
    at = page.at;
    await at.send({ type: "none", text: "Open a model of a DVT project to see its lineage." });
    await at.page.getByText("Open a model").waitFor();
    await at.send({ type: "graph", project: "/shop", data: { nodes: [], edges: [] } });
    await count("0 nodes");
  });

  await test("fifty parents are read one below the other", async () => {
    await open(wide(), "model.shop.wide", "dark");
    await count("102 nodes");
    await pages.screenshot("lineage 50 parents");
    await at.page.locator(".graph-map").waitFor();
    await at.page.getByRole("button", { name: "Fit" }).click();
    await at.page.locator(".graph-map").waitFor({ state: "hidden" });
    await pages.screenshot("lineage 50 parents whole");
  });

  await test("5,000 nodes are shown while the page goes on answering", async () => {
    await page.begin();
    at = page.at;
    await at.page.evaluate(() => {
      globalThis.longest = 0;
      new window.PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          globalThis.longest = Math.max(globalThis.longest, duration);
        }
      }).observe({ entryTypes: ["longtask"] });
    });
    const data = large();
    const measure = async (what, action) => {
      await at.page.evaluate(() => (globalThis.longest = 0));
      const began = Date.now();
      await action();
      const took = Date.now() - began;
      const longest = await at.page.evaluate(() => Math.round(globalThis.longest));
      console.log(`          ${what}: ${took} ms, longest task ${longest} ms`);
      expect(took < shownMillis, true, `${what} in ${took} ms`);
      expect(longest < longestTaskMillis, true, `${what}, with tasks of ${longest} ms`);
    };
    await measure("neighbours of one of 5,000", async () => {
      await at.send({ type: "graph", project: "/shop", data, focus: "model.shop.l3_10" });
      await at.page.locator(".graph-root[data-nodes]").waitFor();
    });
    await measure("all 5,000", async () => {
      await at.page.getByRole("button", { name: "Whole project" }).click();
      await at.page.locator('.graph-root[data-nodes="5000"]').waitFor();
    });
    await measure("moving through them", async () => {
      await at.page.mouse.move(700, 500);
      await at.page.mouse.down();
      for (let step = 1; step <= 10; step++) {
        await at.page.mouse.move(700 - step * 20, 500 - step * 30);
      }
      await at.page.mouse.up();
      await at.page.mouse.wheel(0, 400);
    });
    await measure("search", async () => {
      await at.page.locator(".graph-reader").focus();
      await at.page.keyboard.press("/");
      await at.page.keyboard.type("l5_100");
      await at.page.keyboard.press("Enter");
      await isCurrent("l5_100");
    });
    await pages.screenshot("lineage 5000");
    await at.page.getByRole("button", { name: "Fit" }).click();
    await pages.screenshot("lineage 5000 whole");
  });
}
