"""The middle of the DAG: reads two models, is read by two."""

import pandas as pd


def model(dbt, session):
    dbt.config(materialized="table")

    customers = dbt.ref("stg_customers").df()
    spend = dbt.ref("enriched_orders").df().groupby("customer_id")["usd_amount"].sum()

    customers["spend"] = customers["customer_id"].map(spend).fillna(0.0)
    customers["is_vip"] = customers["spend"] > dbt.var("vip_spend")
    customers["segment"] = pd.cut(
        customers["spend"],
        bins=[-1, 0, 500, float("inf")],
        labels=["none", "regular", "vip"],
    )
    return customers
