def model(dbt, session):
    return dbt.ref("stg_orders").filter("amount > 0").aggregate("customer_id, sum(amount) as spend")
