
select * from "dev"."main"."util_model"