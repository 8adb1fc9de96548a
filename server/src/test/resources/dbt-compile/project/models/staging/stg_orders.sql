{{ config(tags=['daily']) }}
-- staging; with a semicolon in a comment
select
    id as order_id,
    customer as customer_id,
    {{ cents_to_dollars('amount') }} as amount,
    method
from {{ ref('raw_orders') }}
