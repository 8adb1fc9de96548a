import pandas as pd


def model(dbt, session):
    dbt.config(materialized="incremental", unique_key="order_id")
    orders = dbt.ref("stg_orders").df()
    try:
        if not dbt.is_incremental:
            return orders
        elif (last := session.sql(f"select max(ordered_at) as t from {dbt.this}").df()["t"][0]) is pd.NaT:
            return orders
        else:
            return orders[orders["ordered_at"] > last]
    except KeyError as missing:
        raise RuntimeError(f"column {missing} is gone") from None
    finally:
        print("done")
