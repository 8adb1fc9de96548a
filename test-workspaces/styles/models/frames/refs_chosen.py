def model(dbt, session):
    use_old = dbt.config.get("use_old", False)
    products = dbt.ref("dim_products", v=1) if use_old else dbt.ref("dim_products")
    orders = (dbt.ref if not use_old else dbt.ref)("stg_orders")
    return session.sql("select p.*, o.order_id from products p cross join orders o")
