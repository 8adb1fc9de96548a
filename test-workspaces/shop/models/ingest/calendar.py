"""A date dimension: data that comes from nowhere but code."""

from datetime import date, timedelta


def model(dbt, session):
    import pandas as pd

    dbt.config(materialized="table", tags=["generated"])

    first, last = date(2024, 1, 1), date(2024, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return pd.DataFrame(
        {
            "day": days,
            "month": [f"{d:%Y-%m}" for d in days],
            "is_weekend": [d.weekday() >= 5 for d in days],
        }
    )
