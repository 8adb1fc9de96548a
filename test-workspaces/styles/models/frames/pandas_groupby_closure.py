def model(dbt, session):
    import pandas as pd

    dbt.config(materialized="table")
    vip = dbt.var("vip_spend", 1000)
    orders = dbt.ref("stg_orders").to_pandas()
    seen = 0

    def summary(group):
        nonlocal seen
        seen += len(group)
        spend = group["amount"].sum()
        return pd.Series({"spend": spend, "segment": "vip" if spend > vip else "normal"})

    result = orders.groupby("customer_id").apply(summary).reset_index()
    assert seen == len(orders), "no order is lost"
    return result
