with __dbt__cte__util_eph as (

select * from "dev"."main"."util_model"
) select * from __dbt__cte__util_eph union all
select * from "dev"."main"."util_model";