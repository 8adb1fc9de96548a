
select * from "dev"."main"."stg_orders"
