def model(dbt, session):
    old = dbt.ref("dim_products", v=1).df()
    new = dbt.ref("dim_products", version=2).df()
    latest = dbt.ref("dim_products").df()
    same = dbt.ref("styles", "dim_products", v="2").df()
    changed = old.merge(new, on="product_id", suffixes=("_old", "_new"))
    assert len(latest) == len(same)
    return changed[changed["title_old"] != changed["title_new"]]
