
-- staging; with a semicolon in a comment
select
    id as order_id,
    customer as customer_id,
    round(amount / 100.0, 2) as amount,
    method
from "dev"."main"."raw_orders"