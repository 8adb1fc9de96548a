import pandas as pd

COUNTRIES = {"de": "stg_customers", "fr": "stg_orders"}
PAIRS = [("crm", "contacts"), ("crm", "deals"), ("shop", "orders")]


def model(dbt, session):
    frames = []
    for code, name in COUNTRIES.items():
        frames.append(dbt.ref(name).df().assign(code=code))
    for source, table in PAIRS:
        frames.append(dbt.source(source, table).df())
    for kind in ("orders", "items"):
        frames.append(dbt.ref(f"stg_{kind}").df())
    for i, name in enumerate(sorted(COUNTRIES.values()), start=1):
        frames.append(dbt.ref(name).df().assign(i=i))
    return pd.concat(frames)
