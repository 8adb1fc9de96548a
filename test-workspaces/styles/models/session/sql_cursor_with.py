def rows(con, sql, *params, size=1000):
    con.execute(sql, list(params))
    while chunk := con.fetchmany(size):
        yield from chunk


def model(dbt, session):
    import pandas as pd

    with session.cursor() as cursor:
        found = list(rows(cursor, "select order_id, amount from __model__stg_orders where amount > ?", 10))
        names = [d[0] for d in cursor.description]
    return pd.DataFrame(found, columns=names)
