import holidays
import snowflake.snowpark.functions as F
from snowflake.snowpark.functions import col, udf
from snowflake.snowpark.types import StringType


def model(dbt, session):
    dbt.config(materialized="table", packages=["holidays"], snowflake_warehouse="BIG", use_anonymous_sproc=True)
    session.sql("alter session set query_tag = 'dbt'").collect()
    session.add_packages("holidays")
    staged = session.sql("select $1:id::int, metadata$filename from @stage/path (file_format => 'csv')")
    orders = dbt.ref("stg_orders")
    df = orders.with_column("is_holiday", F.when(col("ORDERED_AT").in_(list(holidays.FR())), 1).otherwise(0))
    clean = udf(lambda x: x.strip(), return_type=StringType(), input_types=[StringType()])
    session.table("RAW.PUBLIC.ORDERS").filter(col("A") > 3)
    return df.join(staged, on="ID").select(clean(col("STATUS")).alias("S"))
