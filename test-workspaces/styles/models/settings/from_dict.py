DEFAULTS = {"materialized": "table", "tags": ["weekly"]}
SETTINGS = {**DEFAULTS, "schema": "weekly"}


def model(dbt, session):
    dbt.config(**SETTINGS)
    dbt.config({"meta": {"kind": "weekly"}})
    return dbt.ref("stg_customers")
