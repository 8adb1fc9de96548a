"""Tables that the model makes itself, in each of the ways that DuckDB has."""


def model(dbt, session):
    orders = dbt.ref("stg_orders")
    session.execute("install httpfs; load httpfs; set threads to 2")
    session.execute("create or replace temp table __model__recent as select * from __model__stg_orders limit 10")
    session.execute("create temp macro cents(x) as (x * 100)::bigint")
    session.execute("insert into __model__recent by name select * from __model__stg_orders where order_id = ?", [3])
    session.execute("update __model__recent set amount = $amount where order_id = $id", {"amount": 3, "id": 4})
    session.sql("create view shown as select order_id, cents(amount) as c from __model__recent")
    session.execute("attach 'data/other.db' as other (read_only)")
    session.execute("copy (select * from shown) to 'target/out.parquet' (format parquet)")
    session.execute("create schema scratch; create table scratch.__model__tmp as select 1 as a")
    session.sql("select a from scratch.__model__tmp").show()

    session.register("__model__extra", orders.df())
    orders.limit(3).create_view("shop__sample")
    __model__held = orders.df()
    print(len(__model__held))
    return session.sql(
        "select order_id from __model__extra"
        " union all select order_id from shop__sample"
        " union all select order_id from __model__held"
        " union all select order_id from __model__recent"
    )
