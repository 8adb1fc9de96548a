
select
  'main.context context' as a,
  'dev duckdb main' as b,
  'context model.shop.context context shop' as c,
  'shop True False' as d,
  '2024-01-01 d e' as e,
  '2024-02-29 bb' as f,
  '{"b": 1, "a": [1, null, true]} 2' as g,
  'view d' as h,
  '[1] [(1, 2)] 9dd4e461268c8034f5c8564e155c67a6' as i,
  'a/b shop 0 ['a', 'b']' as j,
  '<in>' as k,
  1 as l,
  '"q" duckdb' as m,
  'u' as n,
  'True ['a', 'b'] 007' as o,
  'stg_orders' as p,
  '023' as q
from "dev"."main"."stg_orders", "dev"."raw"."ORDERS" 
-- {{ kept }}