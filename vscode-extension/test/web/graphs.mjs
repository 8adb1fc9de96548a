// Graphs for the page's tests, as the server sends them.

const node = (kind, name, more = {}) => ({
  id: `${kind}.shop.${name}`,
  name,
  kind,
  uri: `file:///shop/${name}`,
  ...(kind === "model" ? { language: "sql", materialization: "view" } : {}),
  ...more,
});

/** A small shop, with every kind and every status. */
export function shop() {
  const nodes = [
    node("source", "ops.orders"),
    node("source", "ops.customers"),
    node("seed", "country_codes", { status: "passed", at: "2026-05-05T12:00:00Z", rows: 249 }),
    node("model", "stg_orders", { language: "python", materialization: "incremental" }),
    node("model", "stg_customers", { status: "passed", at: "2026-05-05T12:00:00Z", rows: 1234 }),
    node("model", "int_customer_orders", { tags: ["nightly"] }),
    node("model", "enriched_orders", { language: "python", status: "failed" }),
    node("model", "customer_segments", { language: "python", status: "running" }),
    node("snapshot", "customers_over_time"),
    node("model", "revenue_by_country", { status: "skipped" }),
    node("model", "a_model_whose_name_is_so_long_that_no_box_can_show_all_of_it"),
    node("exposure", "Sales board"),
  ];
  const edges = [
    [0, 3],
    [1, 4],
    [3, 5],
    [4, 5],
    [2, 9],
    [5, 6],
    [6, 9],
    [4, 7],
    [6, 7],
    [4, 8],
    [9, 11],
    [7, 11],
    [6, 10],
  ];
  return { nodes, edges };
}

/** One model that reads many others, which have sources of their own. */
export function wide(parents = 50) {
  const nodes = [node("model", "wide", { language: "python" }), node("exposure", "report")];
  const edges = [[0, 1]];
  for (let i = 0; i < parents; i++) {
    const parent = nodes.push(node("model", `parent_${i}`)) - 1;
    const source = nodes.push(node("source", `raw.table_${i}`)) - 1;
    edges.push([parent, 0], [source, parent]);
  }
  return { nodes, edges };
}

/** A project as they grow: sources, staging, and marts that read a few of what is before them. */
export function large(count = 5000) {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const shares = [0.3, 0.3, 0.15, 0.1, 0.08, 0.07];
  const layers = [];
  const nodes = [];
  const edges = [];
  for (const [layer, share] of shares.entries()) {
    const size = Math.round(count * share);
    const first = nodes.length;
    for (let i = 0; i < size; i++) {
      const own = nodes.push(node(layer === 0 ? "source" : "model", `l${layer}_${i}`)) - 1;
      const reads = new Set();
      for (let k = 0; layer > 0 && k < (layer === 1 ? 1 : 1 + Math.floor(random() * 4)); k++) {
        const from =
          layers[layer === 1 || random() < 0.8 ? layer - 1 : Math.floor(random() * layer)];
        const near = Math.floor((i / size) * from.size + (random() - 0.5) * 20);
        reads.add(from.first + Math.max(0, Math.min(from.size - 1, near)));
      }
      reads.forEach((read) => edges.push([read, own]));
    }
    layers.push({ first, size });
  }
  return { nodes, edges };
}
