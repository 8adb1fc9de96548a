import pandas as pd


def model(dbt, session):
    """Lines end
    as on Windows."""
    dbt.config(
        materialized="table",
        tags=["windows"],
    )
    total = 1 + \
        2
    orders = session.sql("""
        select order_id, amount
        from __model__stg_orders
    """).df()
    return pd.concat([orders, dbt.ref("stg_items").df()]).assign(total=total)
