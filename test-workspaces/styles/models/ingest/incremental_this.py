import pandas as pd
import requests


def high_water(dbt, session, column="updated_at"):
    if not dbt.is_incremental:
        return dbt.var("start_date", "2020-01-01")
    sql = f"select max({column}) from {dbt.this}"
    value, = session.sql(sql).fetchall()[0]
    return value.isoformat()


def model(dbt, session):
    dbt.config(materialized="incremental", unique_key=("id",), timeout=15 * 60)
    since = high_water(dbt, session)
    print("loading into", dbt.this.schema, dbt.this.identifier, "since", since)
    rows = requests.get("https://api.example.test/changes", params={"since": since}).json()
    return pd.DataFrame(rows)
