import polars as pl


def model(dbt, session):
    items = dbt.ref("stg_items").pl()
    products = dbt.ref("dim_products").pl()
    with pl.SQLContext(items=items, products=products, eager=True) as ctx:
        top = ctx.execute("SELECT product_id, SUM(quantity) AS n FROM items GROUP BY product_id")
    ranked = pl.sql("SELECT * FROM top ORDER BY n DESC LIMIT 10").collect()
    return products.join(ranked, on="product_id", how="semi")
