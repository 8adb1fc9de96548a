"""Customers of the shop, cleaned with pandas."""


def model(dbt, session):
    import pandas as pd

    dbt.config(materialized="table")

    customers = dbt.source("operations", "customers").df()
    customers["full_name"] = customers["full_name"].fillna("(unknown)")
    customers["email"] = customers["email"].str.lower()
    customers["signed_up"] = pd.to_datetime(customers["signed_up"]).dt.date
    return customers.rename(columns={"id": "customer_id", "full_name": "name"})
