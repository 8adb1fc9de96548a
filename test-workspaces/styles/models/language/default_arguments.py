def read(dbt, name="stg_orders", limit: int = 5, *, columns=("order_id", "amount")):
    return dbt.ref(name).project(", ".join(columns)).limit(limit)


def model(dbt, session):
    orders = read(dbt)
    items = read(dbt, "stg_items", 10, columns=["order_id", "price as amount"])
    reviews = read(dbt, name="stg_reviews", columns=("review_id as order_id", "stars as amount"))
    return orders.union(items).union(reviews)
