// The demo workspace, copied to a temporary folder, with a few models of the test's own in it.
import fs from "node:fs";
import path from "node:path";

const shop = path.resolve(import.meta.dirname, "..", "..", "..", "test-workspaces", "shop");

const models = {
  "vip_report.py": `"""What each VIP customer spent, by month."""


def model(dbt, session):
    dbt.config(materialized="table", tags=["report"])

    orders = dbt.ref("enriched_orders").df()
    vips = session.sql(
        "select customer_id, segment from __model__customer_segments where is_vip"
    ).df()
    people = dbt.ref("stg_custmers").df()

    report = orders.merge(vips, on="customer_id").merge(people, on="customer_id")

    return report.groupby(["name", "month"], as_index=False)["usd_amount"].sum()
`,
  "failing.py": `def model(dbt, session):
    import pandas as pd

    frame = pd.DataFrame({"id": [1]})
    return frame["nothing"].to_frame()
`,
  "slow.py": `import time


def model(dbt, session):
    time.sleep(600)
    return session.sql("select 1 as id")
`,
};

/** Line and column, from 1, just after a text in one of the test's models. */
export function placeAfter(model, text) {
  const before = models[model].slice(0, models[model].indexOf(text) + text.length).split("\n");
  return [before.length, before.at(-1).length + 1];
}

/**
 * @param own models of the caller's own, text by path below models/own
 * @returns the project's folder, whose name has a space
 */
export function copyProject(folder, own = models) {
  const project = path.join(folder, "my shop");
  fs.cpSync(process.env.DVT_WORKBENCH_SHOP ?? shop, project, {
    recursive: true,
    // What a demo left behind is no part of it.
    filter: (file) => !/warehouse\.duckdb$|\.wal$|[/\\](?:\.dvt|target|\.venv)$/.test(file),
  });
  const ownFolder = path.join(project, "models", "own");
  for (const [name, text] of Object.entries(own)) {
    const file = path.join(ownFolder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return project;
}
