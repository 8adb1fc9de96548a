
select order_id from "dev"."main"."stg_orders" -- trailing