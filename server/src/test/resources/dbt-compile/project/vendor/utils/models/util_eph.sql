{{ config(materialized='ephemeral') }}
select * from {{ ref('util_model') }}
