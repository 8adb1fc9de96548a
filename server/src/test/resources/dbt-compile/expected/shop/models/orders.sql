with  __dbt__cte__eph_a as (

select order_id from "dev"."main"."stg_orders" -- trailing
),  __dbt__cte__eph_b as (

select order_id from __dbt__cte__eph_a
), o as (select * from "dev"."main"."stg_orders"),
e as (select * from __dbt__cte__eph_b)
select
    md5(coalesce(cast(o.order_id as varchar), '') || '-' || coalesce(cast(customer_id as varchar), '')) as key,
    sum(case when method = 'card' then amount end) as card_amount,
    sum(case when method = 'coupon' then amount end) as coupon_amount
    
from o join e using (order_id) join __dbt__cte__eph_a using (order_id)
group by 1