import pandas as pd


def model(dbt, session):
    df = dbt.ref("fct_revenue").df()
    wide = df.pivot_table(index="month", columns="country", values="amount", fill_value=0)
    wide.columns = [f"revenue_{c.lower()}" for c in wide.columns]
    if (extra := set(wide.columns) - {"revenue_de", "revenue_us"}) and len(extra) > 10:
        wide = wide.drop(columns=[*extra])
    wide["total"] = wide.sum(axis=1)
    wide["growth"] = wide["total"].pct_change().mul(100).round(1)
    return wide.reset_index()
