"""SQL on the session: what models made is there by name."""


def model(dbt, session):
    dbt.config(materialized="table")

    return session.sql(
        """
        select p.category,
               count(distinct i.order_id) as orders,
               sum(i.quantity) as pieces,
               sum(i.quantity * i.price) as revenue
          from operations__order_items as i
          join __model__api_products as p using (sku)
          join __model__stg_orders as o using (order_id)
         group by p.category
         order by revenue desc
        """
    )
