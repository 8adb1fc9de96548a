with __dbt__cte__eph_a as (

select order_id from "dev"."main"."stg_orders" -- trailing
) /* no with */
select * from __dbt__cte__eph_a