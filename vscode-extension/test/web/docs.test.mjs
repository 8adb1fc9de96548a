// The site of `dvt-ls docs`, opened from its folder as a reader does: no server, no network.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "..", "..");
const repository = path.resolve(root, "..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const files = {
  "dbt_project.yml": "name: shop\nprofile: shop\n",
  "README.md": "# A shop\n\nIts [orders](#!/model/model.shop.orders).\n",
  "models/staging/orders.py": [
    '"""Orders."""',
    "",
    "",
    "def model(dbt, session):",
    '    orders = dbt.source("ops", "orders").df()',
    '    return orders[orders["status"] != "<b>lost</b>"]',
    "",
  ].join("\n"),
  "models/marts/revenue.sql": [
    "{# money #}",
    "select day, sum(amount) as total",
    "from {{ ref('orders') }} group by day -- needle_in_code",
  ].join("\n"),
  "models/properties.yml": `
models:
  - name: orders
    description: "{{ doc('orders') }}"
    config: {tags: [daily], meta: {owner: Finance, api_token: very-secret}}
    columns:
      - name: order_id
        data_type: bigint
        description: The **key**
        data_tests: [unique, {accepted_values: {values: [1, 2]}}]
      - name: status
sources:
  - name: ops
    description: The shop's own database
    freshness: {warn_after: {count: 12, period: hour}}
    tables:
      - name: orders
        description: One row an order
exposures:
  - name: report
    label: Monthly report
    type: dashboard
    url: https://bi.example.com/monthly
    owner: {name: Finance}
    depends_on: [ref('revenue')]
`,
  "models/docs.md": `{% docs orders %}
Orders that *count*.

<script>window.hacked = "script"</script>

<img src="x" onerror="window.hacked = 'image'">

<a href="javascript:window.hacked='link'">press</a>

[press too](javascript:window.hacked='markdown')

<style>body { display: none }</style>

<form action="https://evil.example.com"><button>send</button></form>

<svg><a xlink:href="javascript:window.hacked='svg'"><text>x</text></a></svg>

<iframe srcdoc="<script>parent.hacked='frame'</script>"></iframe>

![a picture](https://evil.example.com/pixel.png)
{% enddocs %}
`,
};

function write(project, texts) {
  for (const [file, text] of Object.entries(texts)) {
    fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    fs.writeFileSync(path.join(project, file), text);
  }
}

/** The address of the site of a project. */
function built(project) {
  const folder = path.join(project, "a site"); // with a space, as readers have them
  execFileSync(path.join(repository, "dvt-ls"), [
    "docs",
    "--project-dir",
    project,
    "--output",
    folder,
  ]);
  return pathToFileURL(path.join(folder, "index.html")).href;
}

function manyModels(count) {
  const texts = { "dbt_project.yml": "name: large\nprofile: large\n" };
  const entries = ["models:"];
  for (let i = 0; i < count; i++) {
    const reads = i === 0 ? "select 1 as id" : `select * from {{ ref('model_${i >> 1}') }}`;
    texts[`models/area_${i % 20}/model_${i}.sql`] = `-- the text of ${i}\n${reads}\n`.repeat(3);
    entries.push(
      `  - {name: model_${i}, description: 'What is known of ${i}', columns: [{name: id}, {name: amount_${i}}]}`,
    );
  }
  return { ...texts, "models/models.yml": entries.join("\n") };
}

class Site {
  constructor(browser, address) {
    this.browser = browser;
    this.address = address;
  }

  /** @param look `colorScheme` and `contrast` that the reader's system asks for, or a `size` */
  async open(hash = "", { size = { width: 1280, height: 800 }, ...look } = {}) {
    await this.page?.close();
    this.page = await this.browser.newPage();
    await this.page.emulateMedia(look);
    await this.page.setViewportSize(size);
    this.page.setDefaultTimeout(20_000);
    this.errors = [];
    this.asked = [];
    this.page.on("pageerror", (error) => this.errors.push(String(error)));
    // That a handler in a description was refused is no error of the page.
    this.page.on("console", (line) => {
      if (line.type() === "error" && !line.text().startsWith("Executing inline event handler")) {
        this.errors.push(line.text());
      }
    });
    this.page.on("request", (request) => this.asked.push(request.url()));
    await this.page.goto(this.address + hash);
    await this.page.locator("main h1").first().waitFor();
    return this.page;
  }

  async find(words) {
    const typing = await this.page.evaluate(() => document.activeElement?.matches("input"));
    await this.page.keyboard.press(typing ? "Control+A" : "/");
    await this.page.keyboard.type(words);
  }

  async accessibility() {
    // Not as a script of the page, whose policy would refuse it.
    await this.page.evaluate(fs.readFileSync(axe, "utf8"));
    const { violations } = await this.page.evaluate(() => globalThis.axe.run({ preload: false }));
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} (${v.help})`));
  }
}

export async function tests({ test, pages }) {
  execFileSync(process.execPath, [path.join(root, "scripts", "docs-site.mjs")]);
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "dvt-docs-"));
  write(project, files);
  const site = new Site(pages.browser, built(project));
  const heading = () => site.page.locator("main h1").first();
  const shot = async (name) => {
    fs.mkdirSync(pages.screenshots, { recursive: true });
    await site.page.screenshot({ path: path.join(pages.screenshots, `${name}.png`) });
  };

  await test("the overview is the project's README, and leads on", async () => {
    const page = await site.open();
    assert.equal(await heading().textContent(), "A shop");
    assert.match(await page.locator("ul.numbers").textContent(), /2 models.*1 source.*1 exposure/);
    await page.locator("main").getByRole("link", { name: "orders", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "orders" }).waitFor();
    assert.match(page.url(), /#!\/model\/model\.shop\.orders$/);
  });

  await test("a node's page has description, columns, tests, config and neighbours", async () => {
    const page = await site.open("#!/model/model.shop.orders");
    const text = await page.locator("main").innerText();
    for (const part of ["Orders that count.", "bigint", "The key", "unique", "values: 1, 2"]) {
      assert.ok(text.includes(part), `${part} is missing in ${text}`);
    }
    assert.ok(text.includes("Finance"));
    await page.getByRole("link", { name: "ops.orders" }).waitFor();
    await page.locator("main").getByRole("link", { name: "revenue" }).click();
    await page.getByRole("heading", { level: 1, name: "revenue" }).waitFor();
    await page.getByRole("link", { name: "Monthly report" }).first().click();
    assert.equal(
      await page.getByRole("link", { name: /bi\.example/ }).getAttribute("href"),
      "https://bi.example.com/monthly",
    );
  });

  await test("what looks like a credential stays behind", async () => {
    const page = await site.open("#!/model/model.shop.orders");
    assert.match(await page.locator("main").innerText(), /api_token\s+\*\*\*/);
    assert.doesNotMatch(await page.content(), /very-secret/);
  });

  await test("nothing in a description runs, loads or leads astray", async () => {
    const page = await site.open("#!/model/model.shop.orders");
    for (const press of await page.getByText(/^press/).all()) {
      await press.click();
    }
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
    assert.equal(await page.locator("main").locator("script, style, form, iframe, svg").count(), 0);
    assert.equal(await page.locator("[onerror]").count(), 0);
    assert.ok(await heading().isVisible());
    const away = site.asked.filter((url) => !url.startsWith("file:"));
    assert.deepEqual(away, []);
    await page.getByRole("link", { name: "a picture" }).waitFor();
  });

  await test("search finds names, columns, descriptions and code, by keyboard alone", async () => {
    const page = await site.open();
    await site.find("order_id");
    const first = page.locator(".results a").first();
    await page.locator(".results .why", { hasText: "order_id" }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "orders" }).waitFor();
    await site.find("needle_in_code");
    await page.locator(".results .why", { hasText: "line 3" }).waitFor();
    await site.find("databse"); // a slip
    await page.locator(".results", { hasText: "ops.orders" }).waitFor();
    await site.find("nothing of the kind");
    await page.locator("h1", { hasText: "Nothing found" }).waitFor();
    assert.equal(await first.count(), 0);
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "orders" }).waitFor();
  });

  await test("code is coloured, and names in it lead to their nodes", async () => {
    const page = await site.open("#!/model/model.shop.revenue/code");
    const code = page.locator(".code code");
    assert.equal(await code.textContent(), files["models/marts/revenue.sql"]);
    await code.locator(".hljs-keyword", { hasText: "select" }).waitFor();
    await code.locator(".hljs-template-variable").first().waitFor();
    await code.getByRole("link", { name: "orders" }).click();
    await page.getByRole("heading", { level: 1, name: "orders" }).waitFor();
    await page.getByRole("link", { name: "Code", exact: true }).click();
    await page.locator(".code .hljs-string", { hasText: "<b>lost</b>" }).waitFor();
    await code.getByRole("link", { name: "orders" }).waitFor();
  });

  await test("the lineage of a node opens from its address", async () => {
    const page = await site.open("#!/model/model.shop.orders/lineage");
    const shown = page.locator(".graph [role=option]");
    await shown.filter({ hasText: "orders" }).first().waitFor({ state: "attached" });
    await page.locator(".tabs [aria-current]", { hasText: "Lineage" }).waitFor();
  });

  await test("names in the lineage stand out from their boxes, also in the system's colours", async () => {
    const hash = "#!/model/model.shop.orders/lineage";
    const page = await site.open(hash, { colorScheme: "dark", forcedColors: "active" });
    await page.locator(".graph [data-nodes]").waitFor();
    // Brightness of what is opaque, in the middle of a box: its ground, and its letters.
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".graph canvas")].some((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let [dark, light] = [0, 0];
        for (let i = 0; i < data.length; i += 4) {
          const sum = data[i] + data[i + 1] + data[i + 2];
          dark += data[i + 3] === 255 && sum < 90 ? 1 : 0;
          light += data[i + 3] === 255 && sum > 600 ? 1 : 0;
        }
        return dark > 500 && light > 100;
      }),
    );
  });

  await test("5,000 nodes are drawn where the graph begins", async () => {
    const large = path.join(project, "wide");
    write(large, manyModels(5000));
    const wide = new Site(pages.browser, built(large));
    const page = await wide.open("#!/lineage");
    await page.locator('.graph [data-nodes="5000"]').waitFor({ timeout: 60_000 });
    const box = await page.locator(".graph [role=option]").boundingBox();
    const view = await page.locator(".graph").boundingBox();
    assert.ok(box.y > view.y && box.y < view.y + view.height, `${box.y} is out of sight`);
    await page.close();
  });

  await test("an address of a node that is not there says so", async () => {
    await site.open("#!/model/model.shop.gone");
    assert.equal(await heading().textContent(), "Not here");
  });

  const schemes = [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["more contrast", { colorScheme: "dark", contrast: "more" }],
    ["forced colors", { colorScheme: "dark", forcedColors: "active" }],
  ];
  for (const [name, scheme] of schemes) {
    await test(`every page is accessible, ${name}`, async () => {
      const views = ["", "#!/model/model.shop.orders", "#!/model/model.shop.revenue/code"];
      views.push("#!/list/model", "#!/search/orders", "#!/source/source.shop.ops.orders");
      views.push("#!/model/model.shop.orders/lineage", "#!/lineage");
      for (const view of views) {
        const page = await site.open(view, scheme);
        if (view.endsWith("/code")) {
          await page.locator(".code").waitFor();
        } else if (view.endsWith("lineage")) {
          await page.locator(".graph [role=option]").first().waitFor({ state: "attached" });
        }
        assert.deepEqual(await site.accessibility(), [], view);
        assert.deepEqual(site.errors, []);
        await shot(`docs ${name} ${view.replaceAll(/\W+/g, " ").trim()}`);
      }
    });
  }

  await test("a narrow window has the nodes behind a button", async () => {
    const page = await site.open("", { size: { width: 420, height: 800 } });
    assert.equal(await page.locator(".tree").isVisible(), false);
    await page.getByRole("button", { name: "Nodes" }).click();
    await page.locator(".tree").getByText("staging").click();
    await page.locator(".tree").getByRole("link", { name: "orders" }).first().click();
    await page.getByRole("heading", { level: 1, name: "orders" }).waitFor();
    assert.equal(await page.locator(".tree").isVisible(), false);
  });

  await test("5,000 nodes open at once and are searched while one types", async () => {
    const large = path.join(project, "large");
    write(large, manyModels(5000));
    const many = new Site(pages.browser, built(large));
    const before = Date.now();
    await many.open("#!/model/model.large.model_4711");
    const opened = Date.now() - before;
    await many.page.locator(".tree [aria-current]", { hasText: "model_4711" }).waitFor();
    await many.find("amount_4242");
    await many.page.locator(".results strong", { hasText: "model_4242" }).waitFor();
    const asked = Date.now();
    await many.find("model_777");
    await many.page.locator(".results li:first-child strong", { hasText: /^model_777$/ }).waitFor();
    console.log(`    opened in ${opened} ms, the second search took ${Date.now() - asked} ms`);
    await many.page.close();
  });

  await site.page.close();
  fs.rmSync(project, { recursive: true, force: true });
}
