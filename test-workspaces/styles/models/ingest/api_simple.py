def model(dbt, session):
    import pandas as pd
    import requests

    dbt.config(materialized="table")

    response = requests.get("https://api.example.test/users", timeout=30)
    response.raise_for_status()
    return pd.DataFrame(response.json()["data"])
