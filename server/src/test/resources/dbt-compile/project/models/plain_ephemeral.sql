/* no with */
select * from {{ ref('eph_a') }}
