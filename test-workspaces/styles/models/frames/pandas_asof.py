import pandas as pd


def model(dbt, session):
    orders, rates = dbt.ref("stg_orders").df(), dbt.ref("exchange_rates").df()
    rates["valid_on"] = pd.to_datetime(rates["valid_on"])
    merged = pd.merge_asof(
        orders.sort_values("ordered_at"),
        rates.sort_values("valid_on"),
        left_on="ordered_at",
        right_on="valid_on",
        by="currency",
        direction="backward",
        tolerance=pd.Timedelta("365D"),
    )
    merged.loc[merged["rate"].isna(), "rate"] = 1
    merged["usd"] = merged.eval("amount * rate")
    del merged["valid_on"]
    return merged
