select * from {{ ref('utils', 'util_eph') }} union all
select * from {{ ref('util_model') }};
