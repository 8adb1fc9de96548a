import numpy as np
import pandas as pd


def drop_cancelled(df: pd.DataFrame) -> pd.DataFrame:
    return df.query("status != 'cancelled'")


def add_month(df: pd.DataFrame, column: str = "ordered_at") -> pd.DataFrame:
    return df.assign(month=lambda d: d[column].dt.to_period("M").astype(str))


def model(dbt, session):
    return (
        dbt.ref("stg_orders")
        .df()
        .pipe(drop_cancelled)
        .pipe(add_month, column="ordered_at")
        .groupby(["month", "currency"], as_index=False)
        .agg(total=("amount", "sum"), orders=("order_id", "nunique"))
        .assign(
            average=lambda d: d["total"] / d["orders"],
            size=lambda d: np.select(
                [d.total > 1e6, d.total > 1e3], ["large", "medium"], default="small"
            ),
        )
        .sort_values(["month", "total"], ascending=[True, False])
        .reset_index(drop=True)
    )
