def model(dbt, session):
    ref, source, config = dbt.ref, dbt.source, dbt.config
    config(materialized="table")
    d = dbt
    frames = list(map(ref, ["stg_customers", "stg_orders"]))
    items = d.ref("stg_items")
    contacts = source("crm", "contacts")
    return frames[0].union(frames[1]).union(items).union(contacts)
