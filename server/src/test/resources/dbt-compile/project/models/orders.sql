{%- set methods = var('payment_methods') -%}
with o as (select * from {{ ref('stg_orders') }}),
e as (select * from {{ ref('eph_b') }})
select
    {{ utils.surrogate(['o.order_id', 'customer_id']) }} as key,
    {% for method in methods -%}
    sum(case when method = '{{ method }}' then amount end) as {{ method }}_amount{% if not loop.last %},{% endif %}
    {% endfor %}
from o join e using (order_id) join {{ ref('eph_a') }} using (order_id)
group by 1
