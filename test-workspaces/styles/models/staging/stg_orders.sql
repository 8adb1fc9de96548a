select id as order_id, customer_id, amount, currency, status, ordered_at
from {{ source('shop', 'orders') }}
