-- The reviews live in the shop's own database and this table in the warehouse, so DuckDB computes it
-- over the cache.
{{ config(materialized='table') }}

select id as review_id, sku, trim(review_text) as review_text
  from {{ source('operations', 'reviews') }}
