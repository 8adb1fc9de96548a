with recursive  __dbt__cte__eph_a as (

select order_id from "dev"."main"."stg_orders" -- trailing
), t(n) as (select 1 union all select n + 1 from t where n < 3)
select * from t, __dbt__cte__eph_a