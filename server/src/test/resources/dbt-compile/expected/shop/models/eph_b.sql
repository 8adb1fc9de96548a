
with __dbt__cte__eph_a as (

select order_id from "dev"."main"."stg_orders" -- trailing
) select order_id from __dbt__cte__eph_a