from snowflake.snowpark.functions import udf
from snowflake.snowpark.types import IntegerType


def register_add_one(session):
    def add_one(x):
        return 0 if not x else x + 1

    return session.udf.register(add_one, return_type=IntegerType(), input_types=[IntegerType()])


def model(dbt, session):
    # Must be either table or incremental (view is not currently supported)
    dbt.config(materialized = "table")

    @udf
    def twice(x: int) -> int:
        return x * 2

    add_one = register_add_one(session)
    df = dbt.ref("stg_items")
    df = df.withColumn("plus_one", add_one(df["quantity"]))
    return df.withColumn("twice", twice(df["quantity"]))
