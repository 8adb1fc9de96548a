import pandas as pd

LAYERS = ["stg_customers", "stg_orders", "stg_items"]


def model(dbt, session):
    frames = [dbt.ref(name).df().assign(layer=name) for name in LAYERS]
    total = sum(len(dbt.ref(name)) for name in LAYERS)
    by_source = {t: dbt.source("crm", t).df() for t in ("accounts", "deals")}
    print(total, by_source.keys())
    return pd.concat(frames)
