import pandas as pd

EMPTY = pd.DataFrame({"order_id": pd.Series(dtype="int64"), "amount": pd.Series(dtype="float64")})


def model(dbt, session):
    dbt.config(materialized="table", allow_empty=True)
    orders = dbt.ref("stg_orders")
    if orders.count("*").fetchone()[0] == 0:
        return EMPTY
    for size in (10, 100, 1000):
        sample = orders.limit(size).df()
        if sample["amount"].notna().all():
            break
    else:
        raise ValueError("no sample without gaps")
    while True:
        sample = sample[1:]
        if len(sample) < 10:
            return sample
