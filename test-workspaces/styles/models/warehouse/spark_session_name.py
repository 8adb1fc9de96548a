def model(dbt, spark):
    spark.conf.set("spark.sql.shuffle.partitions", "8")
    return spark.table("default.events").unionByName(dbt.ref("stg_events"), allowMissingColumns=True)
