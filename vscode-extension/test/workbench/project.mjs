// The demo workspace, copied to a temporary folder, with a few models of the test's own in it.
import fs from "node:fs";
import path from "node:path";

const shop = path.resolve(import.meta.dirname, "..", "..", "..", "test-workspaces", "shop");

const models = {
  "broken.py": `"""The report, with a slip in a name."""


def model(dbt, session):
    dbt.config(materialized="table", tags=["report"])

    customers = dbt.ref("stg_custmers").df()
    orders = dbt.ref("stg_orders").df()

    return customers.merge(orders, on="customer_id")
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

/** @returns the project's folder, whose name has a space */
export function copyProject(folder) {
  const project = path.join(folder, "my shop");
  fs.cpSync(process.env.DVT_WORKBENCH_SHOP ?? shop, project, {
    recursive: true,
    // What a demo left behind is no part of it.
    filter: (file) => !/\.(?:duckdb|wal)$|[/\\](?:\.dvt|target|\.venv)$/.test(file),
  });
  const own = path.join(project, "models", "own");
  fs.mkdirSync(own);
  for (const [name, text] of Object.entries(models)) {
    fs.writeFileSync(path.join(own, name), text);
  }
  return project;
}
