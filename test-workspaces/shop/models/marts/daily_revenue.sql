-- Later runs look at the newest day again and at what came after it.
{{ config(materialized='incremental', unique_key='day') }}

select cast(ordered_at as date) as day, count(*) as orders, {{ rounded('sum(usd_amount)') }} as revenue
  from {{ ref('enriched_orders') }}
{% if is_incremental() %}
 where cast(ordered_at as date) >= (select max(day) from {{ this }})
{% endif %}
 group by all
