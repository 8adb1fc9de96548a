def model(dbt, session):
    a = dbt.ref("stg_orders")
    b = dbt.ref("stg_items")
    return a.union(b)
