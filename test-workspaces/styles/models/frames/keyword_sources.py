def model(dbt, session):
    orders = dbt.source(source_name="shop", table_name="orders").df()
    events = dbt.source("shop", table_name="events").df()
    return orders.join(events.set_index("id"), on="id", rsuffix="_event")
