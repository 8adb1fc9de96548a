import narwhals as nw
from narwhals.typing import FrameT


@nw.narwhalify
def clean(df: FrameT) -> FrameT:
    return df.with_columns(nw.col("email").str.to_lowercase()).unique("email")


def model(dbt, session):
    return clean(dbt.ref("stg_customers").pl())
