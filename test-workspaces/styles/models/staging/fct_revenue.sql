select date_trunc('month', ordered_at) as month, country, sum(amount) as amount
from {{ ref('stg_orders') }} join {{ ref('stg_customers') }} using (customer_id)
group by all
