import datetime as dt


def model(dbt, session):
    since = dt.datetime.now() - dt.timedelta(days=90)
    con = session.cursor()
    con.execute("create or replace temp table recent as select * from __model__stg_orders where ordered_at > ?", [since])
    con.executemany("insert into recent (order_id, amount) values (?, ?)", [(1, 2.5), (2, 3.5)])
    con.execute("update recent set amount = $new where amount = $old", {"new": 0, "old": -1})
    return con.sql("select * from recent where status <> 'cancelled'")
