def model(dbt, session):
    dbt.config(materialized="table", days=7, target_column="amount")
    days = dbt.config.get("days", 30)
    column = dbt.config["target_column"] if "target_column" in dbt.config else "amount"
    enabled = dbt.config.get("not_set_anywhere") is not None
    orders = dbt.ref("stg_orders").filter(f"ordered_at > now()::timestamp - interval {days} days")
    return orders.project(f"order_id, {column} as value, {str(enabled).lower()} as enabled")
