"""SQL put together in each of Python's ways."""

from string import Template

TEMPLATE = "select {cols} from {table} where {col} = '{value}'"
COLUMNS = ["order_id", "customer_id", "amount"]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def model(dbt, session):
    orders = dbt.ref("stg_orders")
    cols = ", ".join(map(quoted, COLUMNS))
    where = " and ".join(f"{c} is not null" for c in COLUMNS)
    session.sql(TEMPLATE.format(cols=cols, table="orders", col="status", value="paid"))
    session.sql(f"select {cols} from orders where {where}")
    session.sql("select %s from orders limit %d" % (cols, 3))
    session.sql("select " + cols + " from orders")
    session.sql(Template("select $cols from orders").substitute(cols=cols))
    session.sql(f"""
        select {', '.join(f'sum({c}) as {c}_sum' for c in COLUMNS)},
               {"'a'" if dbt.is_incremental else "'b'"} as kind
          from {orders}
         {"where " + where if where else ""}
         group by {1 if where else 2}
    """)
    session.sql(f"from {'orders'} {'where true' if cols else ''} {'limit 3' * bool(cols)}")
    parts = ["select *", "from orders"]
    parts.append("where amount > 3")
    session.sql("\n".join(parts))
    session.sql("select '{{ not_jinja }}' as a, '{}' as b, '%' as c, 'it''s' as d, $$ text ' $$ as f from orders")
    sql = "select * from orders"
    if where:
        sql += f" where {where}"
    sql += " order by 1"
    session.sql(sql)
    return session.sql(
        "select order_id -- the key\n"
        "     , amount   /* in its ' own currency */\n"
        "  from orders;"
    )
