-- All that it reads is in the warehouse, so it is built there.
{{ config(materialized='table') }}

select coalesce(n.country, o.country_code) as country,
       count(*) as orders,
       {{ rounded('sum(o.usd_amount)') }} as revenue
  from {{ ref('int_customer_orders') }} as o
  left join {{ ref('country_codes') }} as n on n.code = o.country_code
 group by all
 order by revenue desc
