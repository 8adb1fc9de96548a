def model(dbt, session):
    (customers, orders), items = (dbt.ref("stg_customers").df(), dbt.ref("stg_orders").df()), dbt.ref("stg_items").df()
    first, *rest = [dbt.source("crm", "accounts").df(), dbt.source("crm", "deals").df()]
    merged = customers.merge(orders, on="customer_id").merge(items, on="order_id")
    for other in rest:
        merged = merged.merge(other, how="left", on="customer_id", suffixes=("", "_deal"))
    return merged.merge(first, how="left", on="customer_id", suffixes=("", "_account"))
