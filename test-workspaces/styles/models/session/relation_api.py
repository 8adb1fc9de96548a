import duckdb
from duckdb import ColumnExpression as C, ConstantExpression, FunctionExpression


def model(dbt, session):
    orders = dbt.ref("stg_orders").set_alias("o")
    customers = dbt.ref("stg_customers").set_alias("c")
    joined = orders.join(customers, "o.customer_id = c.customer_id", how="left")
    totals = joined.aggregate("country, sum(amount) as total, count(*) as n", "country")
    star = totals.select("*", (C("total") / C("n")).alias("average"))
    big = star.filter(C("n") > ConstantExpression(10)).order("total desc").limit(100, offset=0)
    names = session.values([1, "a"]).project("col0 as id, col1 as name")
    print(names.shape, big.columns, duckdb.__version__, FunctionExpression("upper", C("country")))
    return big.except_(star.filter("country is null"))
