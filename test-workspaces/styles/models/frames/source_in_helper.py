import pandas as pd


def load(dbt, table, *, source="crm", columns=None):
    frame = dbt.source(source, table).df()
    return frame if columns is None else frame[columns]


def load_all(dbt):
    return {name: load(dbt, name) for name in ("contacts", "accounts")}


def model(dbt, session):
    deals = load(dbt, "deals", columns=["deal_id", "amount"])
    orders = load(dbt, table="orders", source="shop")
    loaded = load_all(dbt)
    views = dbt.source("web-logs", "page views").df()
    return pd.concat([deals, orders, *loaded.values(), views], axis=0)
