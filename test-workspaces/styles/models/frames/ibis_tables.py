import ibis
from ibis import _


def model(dbt, session):
    con = ibis.duckdb.from_connection(session)
    dbt.ref("stg_orders")
    t = con.table("__model__stg_orders")
    expr = t.filter(_.amount > 0).group_by(_.currency).agg(total=_.amount.sum()).order_by(ibis.desc("total"))
    return expr.to_pyarrow()
