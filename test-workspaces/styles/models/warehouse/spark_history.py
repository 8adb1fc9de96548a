from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def dedupe(df: DataFrame, keys) -> DataFrame:
    window = Window.partitionBy(*keys).orderBy(F.desc("ts"))
    return df.withColumn("_n", F.row_number().over(window)).where("_n = 1").drop("_n")


def model(dbt, session) -> DataFrame:
    dbt.config(materialized="incremental", submission_method="job_cluster", file_format="delta", partition_by="day")
    session.conf.set("spark.sql.shuffle.partitions", 8)
    history = session.sql("describe history main.stg_orders")
    session.sql("cache table x as select explode(array(1,2)) as (n) lateral view outer explode(b) t as c")
    df = dbt.ref("stg_orders")
    if dbt.is_incremental:
        df = df.where(f"ordered_at > (select max(ordered_at) from {dbt.this})").filter(F.col("x") > F.lit(3))
    return dedupe(df.unionByName(history, allowMissingColumns=True), ["order_id"])
