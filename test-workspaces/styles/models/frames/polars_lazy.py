import polars as pl
import polars.selectors as cs


def model(dbt, session):
    orders = dbt.ref("stg_orders").pl().lazy()
    customers = dbt.ref("stg_customers").pl().lazy()
    return (
        orders.filter(pl.col("status").is_in(["paid", "shipped"]))
        .join(customers, on="customer_id", how="left")
        .with_columns(
            month=pl.col("ordered_at").dt.truncate("1mo"),
            is_vip=pl.col("amount") > dbt.var("vip_spend", 1000),
        )
        .group_by("month", "country", maintain_order=True)
        .agg(
            pl.len().alias("orders"),
            pl.col("amount").sum().round(2).alias("revenue"),
            pl.when(pl.col("is_vip").any()).then(pl.lit("vip")).otherwise(None).alias("kind"),
        )
        .with_columns(cs.numeric().cast(pl.Float64).name.suffix("_f"))
        .collect()
    )
