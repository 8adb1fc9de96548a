"""Orders that count, with polars."""

import polars as pl


def model(dbt, session):
    dbt.config(materialized="table")

    orders = dbt.source("operations", "orders").pl()
    return (
        orders.filter(pl.col("status") != "returned")
        .rename({"id": "order_id"})
        .with_columns(pl.col("ordered_at").dt.strftime("%Y-%m").alias("month"))
        .sort("order_id")
    )
