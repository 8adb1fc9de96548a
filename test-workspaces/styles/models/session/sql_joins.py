def model(dbt, session):
    orders = dbt.ref("stg_orders")
    customers = dbt.ref("stg_customers")
    return session.sql(
        """
        select o.order_id, c.name, coalesce(cc.name, c.country) as country, o.amount
        from orders o
        left join customers c using (customer_id)
        left join __model__country_codes as cc on cc.code = c.country
        where not exists (from __model__stg_items i where i.order_id = o.order_id and i.quantity < 0)
        """
    )
