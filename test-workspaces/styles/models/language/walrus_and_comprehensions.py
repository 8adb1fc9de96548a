import pandas as pd


def model(dbt, session):
    orders = dbt.ref("stg_orders").df()
    if (n := len(orders)) > 10 and not (missing := {"amount"} - set(orders.columns)):
        print(n, missing)
    matrix = [[i * j for j in range(3) if j] for i in range(3)]
    flat = {(i, j): v for i, row in enumerate(matrix) for j, v in enumerate(row) if (k := v) and k > 0}
    lazy = (x for x in orders["amount"] if (y := x) is not None and y > 0)
    total = sum(z for z in lazy)
    picks = [last := v for v in flat.values()]
    return pd.DataFrame([{"n": n, "total": total, "last": last, "picks": len(picks)}])
