"""Reads a snapshot that is defined in YAML alone, as dbt has them since 1.9."""


def model(dbt, session):
    dbt.config(materialized="table")
    past = dbt.ref("past_orders")
    now = dbt.ref("stg_orders")
    changes = past.filter("dbt_valid_to is not null").aggregate("id, count(*) as changes", "id")
    return changes.join(now, "id = order_id")
