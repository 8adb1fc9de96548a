from pyspark.sql.functions import *
from pyspark.sql.types import *
import uuid

uuidUdf= udf(lambda : str(uuid.uuid4()),StringType())

def model(dbt, session):
    # dbt.config(submission_method="cluster")
    dbt.config(materialized="table")
    # dbt.config(packages = ["numpy==1.23.1", "scikit-learn"])
    survey_df = dbt.ref("stg_reviews")

    final_df = survey_df.withColumn("message", lit("Hello"))\
                        .withColumn("mail", lit("a@example.test"))\
                        .withColumn("uuid_id",uuidUdf())

    final_df.show()

    return final_df
