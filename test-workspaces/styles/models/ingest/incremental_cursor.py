def model(dbt, session):
    import pandas as pd
    import requests

    dbt.config(
        materialized="incremental",
        unique_key="id",
    )

    if dbt.is_incremental:
        # Only what came since the last run
        last_id = (
            session.execute("SELECT MAX(id) FROM __model__incremental_cursor").fetchone()[0] or 0
        )
        url = f"https://api.example.test/records?since_id={last_id}"
    else:
        # First run: everything
        url = "https://api.example.test/records"

    data = requests.get(url).json()
    return pd.DataFrame(data["records"])
