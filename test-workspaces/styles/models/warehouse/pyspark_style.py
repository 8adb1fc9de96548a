from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T


def with_rank(df: DataFrame, *keys: str) -> DataFrame:
    w = Window.partitionBy(*keys).orderBy(F.desc("ordered_at"))
    return df.withColumn("rank", F.row_number().over(w))


def model(dbt, session):
    dbt.config(
        submission_method="job_cluster",
        job_cluster_config={"spark_version": "15.4.x-scala2.12", "num_workers": 2},
        create_notebook=True,
        file_format="delta",
        partition_by=["country"],
        http_path=None,
    )
    orders: DataFrame = dbt.ref("stg_orders")
    customers = F.broadcast(dbt.ref("stg_customers"))
    schema = T.StructType([T.StructField("id", T.IntegerType(), False)])
    spark = session.builder.getOrCreate() if hasattr(session, "builder") else session
    numbers = spark.createDataFrame([(1,), (2,)], schema=schema)
    return (
        orders.alias("o")
        .join(customers.alias("c"), on=F.col("o.customer_id") == F.col("c.customer_id"), how="left")
        .transform(with_rank, "country")
        .crossJoin(numbers)
        .where((F.col("rank") <= 10) & ~F.col("status").isin("cancelled"))
        .groupBy("country")
        .agg(F.sum("amount").alias("amount"), F.collect_set("currency").alias("currencies"))
    )
