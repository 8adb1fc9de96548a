from typing import Iterator

import pandas as pd
from pyspark.sql.functions import PandasUDFType, col, pandas_udf


@pandas_udf("double")
def rate(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
    for batch in batches:
        yield batch.fillna(0) * 1.19


def per_group(key, pdf: pd.DataFrame) -> pd.DataFrame:
    (country,) = key
    return pdf.assign(country=country, share=pdf["amount"] / pdf["amount"].sum())


def model(dbt, session):
    dbt.config(packages=["pandas"], cluster_id="0408-145556-egmplhh0", user_folder_for_python=True)
    df = dbt.ref("fct_revenue").withColumn("gross", rate(col("amount")))
    print(PandasUDFType.SCALAR_ITER)
    return df.groupby("country").applyInPandas(per_group, schema="country string, amount double, share double")
