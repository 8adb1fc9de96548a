// The lineage page alone: what shows more or less of the graph, moves it, lays it out and colours it.
import { Buffer } from "node:buffer";
import { until } from "../workbench/processes.mjs";
import { expect } from "../workbench/suite.mjs";
import { shop, wide } from "./graphs.mjs";
import { LineagePage } from "./lineagePage.mjs";
import { themes } from "./themes.mjs";

export async function tests({ test, pages }) {
  const lineage = new LineagePage(pages);
  const page = () => lineage.at.page;
  const press = (key) => page().keyboard.press(key);
  /** Goes to a node in sight; the focus is on the graph then. */
  const go = async (name) => {
    await page().locator(".graph-reader").focus();
    await press("/");
    await page().keyboard.type(name);
    await page().getByRole("option", { name }).first().waitFor();
    await press("Enter");
    await lineage.isCurrent(name);
  };
  const menu = async (label) => {
    await page().mouse.click(...(await lineage.place()), { button: "right" });
    await page().getByRole("menuitem", { name: label, exact: true }).click();
  };
  /** Where one of Cytoscape's elements is on the screen, and how far it is zoomed. */
  const drawnAt = (id) =>
    page().evaluate((wanted) => {
      const canvas = document.querySelector(".graph-canvas");
      const { left, top } = canvas.getBoundingClientRect();
      const cy = canvas._cyreg.cy;
      const { x, y } = cy.getElementById(wanted).renderedPosition();
      return { x: left + x, y: top + y, zoom: cy.zoom() };
    }, id);
  const clickSign = async (side, id) => {
    const { x, y } = await drawnAt(`${side} ${id}`);
    await page().mouse.click(x, y);
  };
  const remembered = async () =>
    JSON.stringify((await page().evaluate(() => window.acquireVsCodeApi().getState())).options);

  await test("a click on the sign at a box shows more, upstream and downstream", async () => {
    await lineage.open(shop(), "model.shop.enriched_orders");
    await lineage.count("8 of 12 nodes");
    const before = await drawnAt("model.shop.stg_orders");
    await clickSign("up", "model.shop.stg_orders");
    await lineage.count("9 of 12 nodes");
    await lineage.isCurrent("stg_orders");
    const after = await drawnAt("model.shop.stg_orders");
    const moved = Math.hypot(after.x - before.x, after.y - before.y);
    expect(moved < 1, true, `the box stays where it is, moved by ${moved}`);
    await clickSign("down", "model.shop.stg_customers");
    await lineage.count("10 of 12 nodes");
    await go("customers_over_time");
    await go("ops.orders");
    await lineage.count("10 of 12 nodes");
    expect(
      (await lineage.at.posted()).some(({ type }) => type === "node"),
      false,
      "opened a node",
    );
    await pages.screenshot("lineage more");
  });

  await test("Shift with an arrow shows more on that side, and so does the menu", async () => {
    await lineage.open(shop(), "model.shop.enriched_orders");
    await go("stg_customers");
    await press("Shift+ArrowRight");
    await lineage.count("9 of 12 nodes");
    await lineage.isCurrent("stg_customers");
    await press("Shift+ArrowLeft");
    await lineage.count("10 of 12 nodes");
    await go("revenue_by_country");
    await menu("Show 1 More Upstream");
    await lineage.count("11 of 12 nodes");
    await go("customers_over_time");
    await go("country_codes");
    await lineage.count("11 of 12 nodes");
  });

  await test("Focus on This puts a node in the middle of what is shown, and so does f", async () => {
    await lineage.open(shop(), "model.shop.enriched_orders");
    await go("stg_customers");
    await menu("Focus on This");
    await lineage.count("7 of 12 nodes");
    await lineage.isCurrent("stg_customers");
    expect(await remembered(), /"focus":"model.shop.stg_customers"/, "what the page remembers");
    await go("customers_over_time");
    await lineage.count("7 of 12 nodes");
    await press("f");
    await lineage.count("3 of 12 nodes");
    await lineage.isCurrent("customers_over_time");
    expect(await remembered(), /"focus":"snapshot.shop.customers_over_time"/, "and then");
  });

  await test("a drag in the small map moves what is in sight", async () => {
    await lineage.open(wide(), "model.shop.wide");
    const map = await page().locator(".graph-map").boundingBox();
    const sight = async () => {
      const { x, y, width, height } = await page().locator(".graph-sight").boundingBox();
      return [x + width / 2, y + height / 2];
    };
    const near = ([x, y], [toX, toY]) => Math.hypot(x - toX, y - toY) < 2;
    const middle = [map.x + map.width / 2, map.y + map.height / 2];
    await page().mouse.move(...middle);
    await page().mouse.down();
    await until("the sight to be where the map was pressed", async () =>
      near(await sight(), middle),
    );
    const before = await drawnAt("model.shop.wide");
    const to = [middle[0], middle[1] + 20];
    await page().mouse.move(...to, { steps: 4 });
    await until("the sight to follow the mouse", async () => near(await sight(), to));
    const after = await drawnAt("model.shop.wide");
    expect(after.zoom, before.zoom, "the zoom");
    expect(before.y - after.y > 100, true, `the graph goes up, by ${before.y - after.y}`);
    expect(Math.abs(before.x - after.x) < 1, true, "and to no side");
    await page().mouse.up();
    await page().mouse.move(...middle);
    expect(near(await sight(), to), true, "the mouse alone moves nothing");
    await pages.screenshot("lineage map");
  });

  await test("a theme that is chosen meanwhile colours boxes, the map and what is exported", async () => {
    await lineage.open(wide(), "model.shop.wide", "light");
    const box = async () => {
      const { x, y, zoom } = await drawnAt("model.shop.wide");
      return lineage.at.colorAt(Math.round(x), Math.round(y + 12 * zoom)); // below its name
    };
    const boxIs = (theme) =>
      until(`a box in ${theme}`, async () => {
        return (await box()) === themes[theme].colors["editorWidget-background"];
      });
    /** The colours that the small map's boxes have. */
    const mapIs = (theme) => {
      const wanted = themes[theme].colors["charts-purple"];
      return page().waitForFunction((color) => {
        const canvas = document.querySelector(".graph-map canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
        return data.some((_, i) => i % 4 === 0 && rgb.every((part, k) => data[i + k] === part));
      }, wanted);
    };
    await boxIs("light");
    await mapIs("light");
    for (const theme of ["high-contrast", "dark"]) {
      await lineage.at.turn(theme);
      await boxIs(theme);
      await mapIs(theme);
      await pages.screenshot(`lineage turned ${theme}`);
    }
    await page().getByRole("button", { name: "Export" }).click();
    await page().getByRole("menuitem", { name: "SVG" }).click();
    const { base64 } = await lineage.at.awaitPosted({ type: "save", name: "lineage.svg" });
    const ground = /<rect [^>]*fill="([^"]+)"/.exec(Buffer.from(base64, "base64").toString());
    expect(ground?.[1], "rgb(30, 30, 30)", "the ground of the picture");
  });

  await test("the layout is a worker's, and the page answers while it works", async () => {
    await lineage.begin();
    // What the worker is asked is held back: a page that lays out by itself draws all the same.
    await page().evaluate(() => {
      const { prototype } = window.Worker;
      const { postMessage } = prototype;
      const held = [];
      prototype.postMessage = function (...message) {
        held.push(() => postMessage.apply(this, message));
      };
      Object.assign(globalThis, {
        held,
        letGo: () => {
          prototype.postMessage = postMessage;
          held.forEach((ask) => {
            ask();
          });
        },
      });
    });
    await lineage.send(shop(), "model.shop.enriched_orders");
    await page().waitForFunction(() => globalThis.held.length === 1, undefined, {
      timeout: 30_000,
    });
    await page().locator(".graph-root[aria-busy=true]").waitFor();
    await page().getByRole("combobox").fill("orders");
    await page().getByRole("option", { name: "stg_orders" }).waitFor();
    await press("Escape");
    expect(await page().locator(".graph-root[data-nodes]").count(), 0, "graphs that are drawn");
    await page().evaluate(() => {
      globalThis.letGo();
    });
    await lineage.drawn();
    await lineage.isCurrent("enriched_orders");
  });
}
