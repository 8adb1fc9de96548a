select p.sku, p.title, r.revenue
  from {{ ref('api_products') }} as p
  left join {{ ref('category_revenue') }} as r on r.category = p.category
 where p.is_active
