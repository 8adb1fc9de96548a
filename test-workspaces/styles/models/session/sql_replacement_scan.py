import pandas as pd
import polars as pl


def model(dbt, session):
    orders = dbt.ref("stg_orders")
    targets = pd.DataFrame({"currency": ["EUR", "USD"], "target": [1000, 2000]})
    bonus = pl.DataFrame({"currency": ["EUR"], "bonus": [0.1]})
    return session.sql("""
        select currency, sum(amount) as total, any_value(target) as target, any_value(bonus) as bonus
        from orders natural join targets left join bonus using (currency)
        group by currency
        having sum(amount) > 0
    """)
