def model(dbt, session):
    import pandas as pd

    dbt.config(materialized="table")
    result = session.execute("""
        SELECT
            currency,
            COUNT(*) as cnt,
            AVG(amount) as avg_amount
        FROM __model__stg_orders
        GROUP BY currency
    """).df()
    other = session.execute("select count(*) from __model__stg_items").fetchone()
    arrow = session.execute("select 1 as id").fetch_arrow_table()
    polars = session.execute("select 1 as id").pl()
    return pd.concat([result, arrow.to_pandas(), polars.to_pandas()]).assign(items=other[0])
