import pandas as pd


def model(dbt, session):
    tables = {
        "customers": dbt.ref("stg_customers"),
        "orders": dbt.ref("stg_orders"),
        "items": dbt.ref("stg_items"),
        "contacts": dbt.source("crm", "contacts"),
    }
    counts = {name: relation.count("*").fetchone()[0] for name, relation in tables.items()}
    return pd.DataFrame(sorted(counts.items()), columns=["table", "rows"])
