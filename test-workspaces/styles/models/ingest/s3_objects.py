from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Iterable

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection
    from mypy_boto3_s3.client import S3Client


def keys(s3: S3Client, bucket: str, prefix: str = "") -> Iterable[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for item in page.get("Contents", []):
            yield item["Key"]


def model(dbt, session: DuckDBPyConnection) -> pd.DataFrame:
    import boto3
    import pandas as pd

    s3: S3Client = boto3.client("s3", endpoint_url=os.getenv("S3_ENDPOINT"))
    bucket = os.environ["BUCKET"]
    parts: list[pd.DataFrame] = []
    for key in keys(s3, bucket, prefix="exports/"):
        body = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        parts.append(pd.read_parquet(io.BytesIO(body)))
    return pd.concat(parts, ignore_index=True)
