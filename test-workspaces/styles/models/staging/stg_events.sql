{{ config(materialized='ephemeral') }}
select * from {{ source('shop', 'events') }}
