select * from {{ source('shop', 'order_items') }}
