
select 6 as total

, 2 as y_1
, 1 as x_2
, 'LOWER' AS L
, 'x|y' as joined
, '1 2 d' as named
, '(1, 2) {'x': 3}' as many
, [1][2] as called
, 'bc1' as sliced
, 3 as floor, 8 as power, 2 as ternary
, '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]' as filtered
, 'None' as nothing, 'True' as truth, 1.5 as number
, 'it''s' as quoted

, '[]view' as cfg
-- in a comment, 1 as executing
, 'was none' as returned
, '[('a', 1)]' as items
, 3 as len
, '20240101' as day
, '2024-02-01' as next_day
, '[1, 2]' as chained
, 'A_B' as piped
, round(x / 100.0, 3) as qualified