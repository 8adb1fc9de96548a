select 1 as product_id, 'old' as title
