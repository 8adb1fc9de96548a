import snowflake.snowpark.functions as F
from snowflake.snowpark.functions import col, lit, when
from snowflake.snowpark.types import DecimalType, StringType
from snowflake.snowpark.window import Window


def model(dbt, session):
    dbt.config(
        materialized="incremental",
        unique_key="ORDER_ID",
        packages=["snowflake-snowpark-python", "numpy==1.26.4"],
        python_version="3.11",
        imports=["@stage/helpers.zip"],
        snowflake_warehouse="LARGE",
        use_anonymous_sproc=True,
    )
    orders_df = dbt.ref("stg_orders")
    if dbt.is_incremental:
        max_order_date = f"select max(ordered_at) from {dbt.this}"
        orders_df = orders_df.filter(orders_df.ordered_at > session.sql(max_order_date).collect()[0][0])
    w = Window.partition_by("CUSTOMER_ID").order_by(col("ORDERED_AT").desc())
    return (
        orders_df.with_column("N", F.row_number().over(w))
        .with_column("AMOUNT", col("AMOUNT").cast(DecimalType(12, 2)))
        .with_column("KIND", when(col("AMOUNT") > 100, lit("big")).otherwise(lit("small")).cast(StringType()))
        .filter(col("N") == 1)
        .drop("N")
    )
