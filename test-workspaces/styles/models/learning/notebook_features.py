# %% exported from a notebook
# pylint: disable=all
try:
    import cupy as np
except ImportError:
    import numpy as np
import importlib.util as iu

if iu.find_spec("torch"):
    import torch
else:
    torch = None


# %%
def features(df):
    yield from df.itertuples()


# %%
def model(dbt, session):
    """Scores.

    Uses {{ ref('nothing') }} in words only, and SELECT * FROM nowhere.
    """
    dbt.config(materialized="table", timeout=60 * 10)
    global counter
    counter = 0
    orders, customers = (dbt.ref(n) for n in ("stg_orders", "stg_customers"))
    X = orders.df()[["amount", "customer_id"]].to_numpy()
    Xc = np.c_[X, np.ones(len(X))]
    scores = (Xc @ np.array([1, 2, 3]))[:, None]
    frame = customers.df().assign(score=lambda d: d["customer_id"].map(dict(zip(X[:, 1], scores[:, 0]))))
    del X
    print(f"{frame.shape=!r:>10} {'nested ' + f'{counter:{10}}'}")
    return frame.loc[:, ~frame.columns.duplicated()].convert_dtypes()
