COLUMNS = ("amount", "currency")
STATUS = "paid"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def model(dbt, session):
    orders = dbt.ref("stg_orders")
    listed = ", ".join(f"{c} as {quoted(c.upper())}" for c in COLUMNS)
    low, high = 1, 1_000
    condition = f"amount between {low} and {high:d}" if low < high else "true"
    return session.sql(f"""
        select {listed}, '{STATUS!s:>10}' as label, 'it''s {{braces}}' as text
        from {orders}
        where {condition} and status = '{STATUS}'
          and "currency" in ({', '.join(repr(c) for c in ['EUR', 'USD'])})
    """)
