-- No table of its own: a part of each query that reads it.
{{ config(materialized='ephemeral') }}

select o.order_id, o.ordered_at, o.usd_amount, c.customer_id, c.country as country_code
  from {{ ref('enriched_orders') }} as o
  join {{ ref('stg_customers') }} as c on c.customer_id = o.customer_id
