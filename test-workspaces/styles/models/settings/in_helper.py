def configure(dbt, owner="nobody"):
    dbt.config(materialized="table", tags=["configured"])
    dbt.config(meta={"owner": owner})


def model(dbt, session):
    configure(dbt, owner="shop")
    return dbt.ref("stg_items")
