import polars as pl


def model(dbt, session) -> pl.LazyFrame:
    lf = dbt.ref("stg_items").to_polars().lazy()
    return lf.select(
        pl.col("order_id", "product_id"),
        (pl.col("quantity") * pl.col("price")).alias("total"),
        pl.col("price").rolling_mean(3).over("product_id").alias("trend"),
    ).sort("total", descending=True)
