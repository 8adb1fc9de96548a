select 1 as product_id, 'new' as title, 'shoes' as category
