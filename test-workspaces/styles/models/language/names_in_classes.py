from types import SimpleNamespace


class Names:
    ORDERS = "stg_orders"
    ITEMS = "stg_items"


T = SimpleNamespace(customers="stg_customers")
TABLES = {"reviews": "stg_reviews", "codes": ["country_codes", "exchange_rates"]}


def model(dbt, session):
    orders = dbt.ref(Names.ORDERS)
    items = dbt.ref(Names.ITEMS)
    reviews = dbt.ref(TABLES["reviews"])
    codes = dbt.ref(TABLES["codes"][0])
    return orders.union(items).union(reviews).union(codes)
