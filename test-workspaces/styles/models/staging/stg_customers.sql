select id as customer_id, full_name as name, email, country, created_at::date as signed_up
from {{ source('shop', 'customers') }}
