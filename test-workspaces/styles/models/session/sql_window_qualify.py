LATEST = """
with ranked as (
    select
        o.*,
        row_number() over w as n,
        sum(amount) over (w rows between unbounded preceding and current row) as running,
        lag(amount, 1, 0) over w as before,
    from __model__stg_orders o
    window w as (partition by customer_id order by ordered_at desc)
)
select * exclude (n), amount as top_amount
from ranked
qualify row_number() over (partition by currency order by amount desc) <= 3 and n = 1
"""


def model(dbt, session):
    return session.sql(LATEST)
