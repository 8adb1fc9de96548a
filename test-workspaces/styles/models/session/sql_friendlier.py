"""DuckDB's own SQL: FROM first, COLUMNS, PIVOT, ASOF, names with a colon."""


def model(dbt, session):
    dbt.config(materialized="table")
    dbt.ref("stg_orders")
    parts = [
        "from __model__stg_orders select * exclude (currency) replace (amount * 2 as amount)",
        "select columns('^(order|customer)_id$') from __model__stg_orders",
        "summarize __model__stg_orders",
        "describe __model__stg_orders",
        "select amount * 2 as dbl, dbl + 1 as more from __model__stg_orders where dbl > 1 order by all",
        "pivot __model__stg_orders on status using sum(amount) group by customer_id",
        "unpivot (select order_id, amount from __model__stg_orders) on amount into name kind value v",
        "select o.order_id, l.x from __model__stg_orders o, lateral (select o.amount + 1 as x) l",
        "select [y * 2 for y in [1, 2] if y > 1] as ys, {'a': 1}.a as za, #1 from __model__stg_orders",
        "select rowid, order_id from __model__stg_orders where rowid < 3",
        "select main.__model__stg_orders.amount from main.__model__stg_orders",
        "select stg.* from __model__stg_orders as stg(a, b, c) where a > 1",
        "select unnest(generate_series(1, 3)) as n, order_id from __model__stg_orders using sample 10%",
        "select total: sum(amount), status from __model__stg_orders group by status having total > 2",
        "select arg_max(order_id, ordered_at) filter (where status = 'paid') from __model__stg_orders",
        "select o from __model__stg_orders o",
        "select count(*) from __model__stg_orders o anti join __model__stg_customers c using (customer_id)",
        "select o.order_id from __model__stg_orders o asof join __model__stg_customers c"
        " on o.customer_id = c.customer_id and o.ordered_at >= c.signed_up",
        'select ORDER_ID, "Amount", Status from __model__Stg_Orders',
    ]
    return [session.sql(part) for part in parts][-1]
